"""Start the app's server in place of this process."""

from __future__ import annotations

import os
import re
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from geo.errors import ShekaraError

__all__ = ["open_app"]


def open_app(
    port: int, address: str = "localhost", base_path: str = "", *, desk: Path | None = None, user_header: str = ""
) -> NoReturn:
    """Open the app on a port of this machine, at a desk if one is named, below the path that a proxy shows it at.

    ``user_header`` is the header in which the proxy names who writes. Raises ShekaraError when Streamlit isn't
    installed, the path is none, or the port can't be used.
    """
    if find_spec("streamlit") is None:
        raise ShekaraError("the app needs Streamlit: pip install 'shekara[app]'")
    package = Path(__file__).resolve().parent.parent
    page = package / "app" / "app.py"  # as installed
    if not page.exists():
        page = package.parent / "app.py"
    path = base_path.strip("/")
    if not re.fullmatch(r"[\w./~-]*", path, re.ASCII):
        raise ShekaraError(f"--base-path {base_path!r}: a path of letters, figures and hyphens is needed, as /map")
    _require_free(address, port)
    if desk is not None:
        from geo.desk.file import open_desk  # noqa: PLC0415

        open_desk(desk).close()
        os.environ |= {"SHEKARA_DESK": str(desk.resolve()), "SHEKARA_USER_HEADER": user_header}
    elif user_header:
        raise ShekaraError("--user-header says who writes at a desk: name one with --desk")
    options = [
        "--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false",
        "--client.toolbarMode", "minimal", "--server.address", address, "--server.baseUrlPath", path,
        "--runner.fastReruns", "false", "--runner.postScriptGC", "false",
    ]  # fmt: skip
    print(f"Shekara: http://{address}:{port}/{path}", flush=True)  # noqa: T201
    # Streamlit takes this process over, so that whoever stops it stops the server.
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(page), *options])  # noqa: S606


def _require_free(address: str, port: int) -> None:
    try:
        family, *_, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise ShekaraError(f"--address {address}: {error.strerror or error}") from None
    with socket.socket(family) as probe:
        # As the server itself binds: what a stopped one left behind is no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            reason = f"port {port} can't be used at {address} ({error.strerror})"
            raise ShekaraError(f"{reason}: choose another with --port") from None
