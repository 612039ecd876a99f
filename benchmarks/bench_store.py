"""A register through an object store beside the same one on a disk: CPU seconds, memory, and a run that is killed.

Run it as ``python -m benchmarks.bench_store [ROWS]``. The store is moto's server, a process of its own whose time
is not counted; it keeps everything in memory, some 250 bytes a row.
"""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import s3fs

import geo
from benchmarks.bench_register import _run, locate
from benchmarks.points import write_register

ROWS = 20_000_000
_DONE = 0.3
"""Share of the parts after which the run is killed."""


def main() -> None:
    """Print the figures."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ |= known | {"AWS_ACCESS_KEY_ID": "made-up", "AWS_SECRET_ACCESS_KEY": "made-up"}
    command = [sys.executable, "-m", "moto.server", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        measure(rows)
    finally:
        server.kill()


def measure(rows: int) -> None:
    """Locate on the disk, in the store, and in the store with a kill between."""
    store = s3fs.S3FileSystem(config_kwargs={"read_timeout": 600})  # moto is slow with large files
    for _ in range(100):
        try:
            store.mkdir("customs")
            break
        except OSError:
            time.sleep(0.2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "in.parquet")
        write_register(path, rows, geo.read_frontier())
        store.put(str(path), "customs/in.parquet")
        local, peak = _run([*locate(path, Path(folder, "out.parquet")), "--sort"])
        print(f"{rows:,} rows on a disk, sorted: {local:.1f} CPU s, {peak:.2f} GB", flush=True)
    command = locate("s3://customs/in.parquet", "s3://customs/out.parquet")
    far, peak = _run(command)
    print(f"in a store: {far:.1f} CPU s ({far / local:.2f} times), {peak:.2f} GB", flush=True)
    whole = digests(store, "customs/out.parquet")
    store.rm("customs/out.parquet", recursive=True)
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wanted = max(1, round(_DONE * len(whole)))
    while running.poll() is None:
        store.invalidate_cache()
        parts = [name for name in store.find("customs") if ".partial" in name and name.endswith(".parquet")]
        if len(parts) >= wanted:
            running.send_signal(signal.SIGKILL)
        time.sleep(0.1)
    running.wait()
    again, _ = _run(command)
    same = digests(store, "customs/out.parquet") == whole
    print(f"ended with {running.returncode} after {len(parts)} of {len(whole)} parts, resumed: {again:.1f} CPU s, "
          f"{'the same bytes' if same else 'OTHER BYTES'}")  # fmt: skip


def digests(store: s3fs.S3FileSystem, folder: str) -> dict[str, str]:
    """Digest of each file of a located register."""
    store.invalidate_cache()
    files = store.find(folder) or [folder]
    return {name: hashlib.sha256(store.cat_file(name)).hexdigest() for name in files}


if __name__ == "__main__":
    main()
