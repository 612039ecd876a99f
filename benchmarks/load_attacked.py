"""Twenty readers behind the shipped proxy: alone, then beside hostile uploads, floods and clients that never read.

The app runs as ever, behind nginx with ``deploy/nginx.conf``. Half of the readers change filters, and what comes back
is compared with :func:`geo.select`; half go from page to page. Then the same readers again, while two sessions upload
hostile files, ten clients ask a hundred times a second each, and two dozen, from two addresses, send and never read.
The others have an address of their own each (127.0.0.0/8), as on the net: proxy and app go by it. Memory is the app's.
The attackers are a process of their own, of low priority: on the net they compute elsewhere. What they and the proxy
used of the same processors is told beside the app's own, and the app's for an answer, which needs no quiet machine.

Run it as ``python -m benchmarks.load_attacked [--alone 300] [--seconds 1800] [--sessions 20]``: seconds of each phase.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import io
import json
import math
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from asyncio.subprocess import PIPE
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

import geo
from benchmarks.bench_app import ROOT, serve
from benchmarks.load_app import WAIT_S, Told, session, spent

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ("map", "borders", "incidents", "statements", "method")
UPLOADERS, FLOODERS, DEAF = 2, 10, 24
_NICE = 10
STREAM = "/_stcore/stream"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alone", type=float, default=300)
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--attack", help="be the attackers of this address alone")
    asked = parser.parse_args()
    if asked.attack:
        os.nice(_NICE)
        print("begun", flush=True)
        print(json.dumps(asyncio.run(_attack(asked.attack, asked.seconds))))
        return
    with serve(ROOT / "app.py") as app, proxy(app) as (address, server):
        asyncio.run(_measure(app, address, server, asked.sessions, {False: asked.alone, True: asked.seconds}))


async def _measure(app: str, address: str, server: int, sessions: int, phases: dict[bool, float]) -> None:
    await session(address, geo.read_incidents(), 0, time.monotonic(), Told())  # the first one reads the data
    medians = []
    for attacked, seconds in phases.items():
        before = spent(app)[1], _spent_by_workers(server), sum(os.times()[2:4])
        told, memory, met = await run(app, address, sessions, seconds, attacked=attacked)
        times = sorted(told.seconds) or [math.inf]
        medians.append(statistics.median(times))
        print(f"{'attacked' if attacked else 'quiet'}: {sessions} readers for {seconds:.0f} s")
        print(f"  answers {len(told.seconds)}, wrong {told.wrong}, errors {len(told.errors)}")
        print(f"  median {medians[-1]:.2f} s, 95 % below {times[int(len(times) * 0.95)]:.2f} s")
        after = spent(app)[1], _spent_by_workers(server), sum(os.times()[2:4])
        used, of_proxy, of_attackers = (end - start for start, end in zip(before, after, strict=True))
        print(
            f"  seconds of the processor: app {used:.0f} ({used / max(len(told.seconds), 1):.3f} an answer), "
            f"proxy {of_proxy:.0f}, attackers {of_attackers:.0f}"
        )
        tenth = max(len(memory) // 10, 1)
        parts = [statistics.fmean(memory[at : at + tenth]) for at in range(0, len(memory), tenth)]
        print(
            f"  memory, MB, in tenths of the time: {', '.join(f'{part:.0f}' for part in parts)}; most {max(memory):.0f}"
        )
        if met:
            print(f"  the attackers met: {', '.join(f'{what} {number}' for what, number in met.most_common())}")
        for error, number in Counter(told.errors).most_common(5):
            print(f"  error: {number} times {error}")
    print(f"median attacked to quiet: {medians[1] / medians[0]:.2f}")


def _spent_by_workers(server: int) -> float:
    """Seconds of the processor of nginx and its workers."""
    workers = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    stats = (Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split() for one in (server, *workers))
    return sum(int(one[11]) + int(one[12]) for one in stats) / os.sysconf("SC_CLK_TCK")


async def run(
    app: str, address: str, sessions: int, seconds: float, *, attacked: bool
) -> tuple[Told, list[float], Counter[str]]:
    """What the readers saw, the app's memory in MB once a second, and what the attackers met."""
    incidents, told, memory, attackers = geo.read_incidents(), Told(), [], None
    if attacked:
        words = ("-m", "benchmarks.load_attacked", "--attack", address, "--seconds", str(seconds))
        attackers = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=PIPE, cwd=ROOT)
        await attackers.stdout.readline()  # type: ignore[union-attr]  (a pipe)
    end = time.monotonic() + seconds

    async def watch() -> None:
        while time.monotonic() < end:
            memory.append(spent(app)[0])
            await asyncio.sleep(1)

    readers = [
        (session if at % 2 else visit)(address, incidents, at + 1, end, told, local=f"127.0.2.{at + 1}")
        for at in range(sessions)
    ]
    await asyncio.gather(watch(), *readers)
    met = Counter(json.loads((await attackers.communicate())[0])) if attackers else Counter[str]()
    return told, memory, met


async def _attack(address: str, seconds: float) -> Counter[str]:
    """What the attackers met."""
    met, end = Counter[str](), time.monotonic() + seconds
    attackers = [_again(_upload, address, f"127.0.3.{at + 1}", met, end) for at in range(UPLOADERS)]
    attackers += [_again(_flood, address, f"127.0.4.{at + 1}", met, end) for at in range(FLOODERS)]
    attackers += [_again(_never_read, address, f"127.0.5.{at % 2 + 1}", met, end) for at in range(DEAF)]
    await asyncio.gather(*attackers)
    return met


async def visit(address: str, _incidents: Any, seed: int, end: float, told: Told, *, local: str) -> None:
    """One reader, who goes from page to page, and comes anew now and then."""
    rng = random.Random(seed)  # noqa: S311  (chooses pages)
    try:
        while time.monotonic() < end:
            async with connect(
                address.replace("http", "ws") + STREAM, max_size=None, subprotocols=[Subprotocol("streamlit")],
                local_addr=(local, 0),
            ) as wire:  # fmt: skip
                for _ in range(rng.randint(2, 8)):
                    began = time.monotonic()
                    elements = await _rerun(wire, f"lang={rng.choice(('en', 'ru', 'kk'))}&page={rng.choice(PAGES)}")
                    told.seconds.append(time.monotonic() - began)
                    told.errors += [one.exception.message for one in elements if one.WhichOneof("type") == "exception"]
                    await asyncio.sleep(rng.uniform(0.5, 2))
                    if time.monotonic() >= end:
                        return
    except (OSError, TimeoutError, WebSocketException) as error:
        told.errors.append(f"{type(error).__name__}: {error}")


async def _rerun(wire: Any, query: str, states: Any = ()) -> list[Any]:
    """Ask for a run of the script; its elements."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.widget_states.widgets.extend(states)
    await wire.send(asked.SerializeToString())
    elements = []
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(wire.recv(), WAIT_S))
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            return elements
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            elements.append(message.delta.new_element)


# -- Attackers --------------------------------------------------------------------------------------


async def _again(attack: Any, address: str, local: str, met: Counter[str], end: float) -> None:
    """Attack until the end, whatever is met."""
    rng = random.Random(local)  # noqa: S311
    while time.monotonic() < end:
        try:
            async with asyncio.timeout_at(asyncio.get_running_loop().time() + max(end - time.monotonic(), 0)):
                await attack(address, local, met, rng)
        except (OSError, TimeoutError, WebSocketException, asyncio.IncompleteReadError) as error:
            met[f"{attack.__name__.strip('_')}: {type(error).__name__}"] += 1
            await asyncio.sleep(0.2)


async def _upload(address: str, local: str, met: Counter[str], rng: random.Random) -> None:
    """A session that brings one hostile file after the other."""
    async with connect(
        address.replace("http", "ws") + STREAM, max_size=None, subprotocols=[Subprotocol("streamlit")],
        local_addr=(local, 0),
    ) as wire:  # fmt: skip
        elements = await _rerun(wire, "lang=en&page=data")
        uploader = next(one.file_uploader.id for one in elements if one.WhichOneof("type") == "file_uploader")
        for _ in range(5):
            name, data = rng.choice(_hostile())
            asked = BackMsg()
            asked.file_urls_request.request_id = "1"
            asked.file_urls_request.file_names.append(name)
            await wire.send(asked.SerializeToString())
            answer = ForwardMsg()
            while answer.WhichOneof("type") != "file_urls_response":
                answer.ParseFromString(await asyncio.wait_for(wire.recv(), WAIT_S))
            urls = answer.file_urls_response.file_urls[0]
            met[f"upload {await _put(address, local, urls.upload_url, name, data)}"] += 1
            asked = BackMsg()
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = uploader
            file = state.file_uploader_state_value.uploaded_file_info.add()
            file.name, file.size, file.file_id = name, len(data), urls.file_id
            file.file_urls.CopyFrom(urls)
            await _rerun(wire, "lang=en&page=data", [state])


async def _put(address: str, local: str, path: str, name: str, data: bytes) -> str:
    """Send a file as a browser does, with the token that the app gave it; the status of the answer."""
    head = await _ask(address, local, "GET /_stcore/health")
    token = head.partition("_streamlit_xsrf=")[2].partition(";")[0]
    edge = "edge"
    part = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    body = part + data + f"\r\n--{edge}--\r\n".encode()
    more = f"Content-Type: multipart/form-data; boundary={edge}\r\n"
    more += f"Cookie: _streamlit_xsrf={token}\r\nX-Xsrftoken: {token}\r\n"
    return _status(await _ask(address, local, f"PUT {path}", body, more))


async def _ask(address: str, local: str, ask: str, body: bytes = b"", more: str = "") -> str:
    """Head of the answer to a request."""
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), local_addr=(local, 0))
    try:
        head = (
            f"{ask} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n{more}\r\n"
        )
        writer.write(head.encode() + b"\r\n" + body)
        await writer.drain()
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return ""
    finally:
        writer.close()


def _status(head: str) -> str:
    return head.split(" ")[1] if head else "cut off"


async def _flood(address: str, local: str, met: Counter[str], rng: random.Random) -> None:
    """A hundred requests a second, many at once: five times what the proxy lets through."""
    paths = ["/", STREAM, "/_stcore/health", "/_stcore/host-config", f"/?page={rng.choice(PAGES)}", "/../../etc/passwd"]
    heads = await asyncio.gather(*(_ask(address, local, f"GET {rng.choice(paths)}") for _ in range(25)))
    for head in heads:
        met[f"flood {_status(head)}"] += 1
    await asyncio.sleep(0.25)


async def _never_read(address: str, local: str, met: Counter[str], rng: random.Random) -> None:
    """Ask for run after run of the script, and read no answer."""
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), local_addr=(local, 0), limit=1)
    writer.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    key = base64.b64encode(rng.randbytes(16)).decode()
    writer.write(
        f"GET {STREAM} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: streamlit\r\n\r\n".encode()
    )
    reader._transport.pause_reading()  # type: ignore[attr-defined]  # noqa: SLF001
    asked = BackMsg()
    asked.rerun_script.query_string = "lang=en&page=incidents"
    data = asked.SerializeToString()
    frame = bytes([0x82, 0x80 | len(data)]) + b"\0\0\0\0" + data
    try:
        for _ in range(60):
            writer.write(frame)
            await writer.drain()
            await asyncio.sleep(1)
        met["never read: a minute"] += 1
    finally:
        writer.transport.abort()


def _hostile() -> list[tuple[str, bytes]]:
    """Names and contents of files that are meant to do harm."""
    book = Workbook()
    book.active.append(["Дата", "Товар"])
    plain = io.BytesIO()
    book.save(plain)
    made = []
    for number, token in enumerate(
        (b'<row r="9999999999999999999"/>', b'<row r="5"><c r="XFD5"/></row>' * 9, b"<row/>" * 2_000_000)
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                data = old.read(part)
                new.writestr(part, data.replace(b"</sheetData>", token + b"</sheetData>") if "sheet1" in part else data)
        made.append((f"book{number}.xlsx", out.getvalue()))
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"\0" * 150_000_000)
    made.append(("zeros.xlsx", zeros.getvalue()))
    made.append(("wide.csv", b"a," * 1_000_000 + b"\n"))
    made.append(("deep.geojson", b"[" * 500_000))
    made.append(("long.csv", b"date,goods\n" + b"2024-01-01,tea\n" * 1_000_000))
    return made


@contextmanager
def proxy(app: str) -> Iterator[tuple[str, int]]:
    """The proxy with the configuration as shipped, before an app; its address, and its process."""
    nginx = shutil.which("nginx", path=f"/usr/sbin:{os.environ['PATH']}")
    if nginx is None:
        raise SystemExit("there is no nginx on this machine: this can't be measured without one")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("127.0.0.1:8501", app.removeprefix("http://")).replace(
        "listen 8080;", f"listen 127.0.0.1:{port};"
    )
    with tempfile.TemporaryDirectory() as folder:
        text = text.replace("/var/cache/shekara", f"{folder}/kept")
        paths = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = f"pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ access_log off; {paths} {text} }}"
        Path(folder, "nginx.conf").write_text(whole, encoding="utf-8")
        Path(folder).chmod(0o755)  # its workers are another user
        server = subprocess.Popen(
            [nginx, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf", "-g", "daemon off;"]
        )
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if not probe.connect_ex(("127.0.0.1", port)):
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}", server.pid
            with contextlib.suppress(OSError):
                told = Counter(
                    re.sub(r"\d+", "#", line[20:140]) for line in Path(folder, "error.log").read_text().splitlines()
                )
                print(
                    "the proxy's log:", *(f"{number} times {what}" for what, number in told.most_common(3)), sep="\n  "
                )
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
