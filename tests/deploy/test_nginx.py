"""The proxy's configuration as shipped: nginx takes it, closes what is its watchers' alone, and bounds each reader."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="there is no nginx on this machine")


class _App(BaseHTTPRequestHandler):
    """Stand-in for the app: says each request's path, and holds back an answer where it is asked to."""

    gate = threading.Event()

    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        if self.path.startswith("/media/slow"):
            self.gate.wait()
        body = self.path.encode()
        self.send_response(200)
        self.send_header("Cache-Control", "no-cache")
        if self.path.startswith("/cookie"):
            self.send_header("Set-Cookie", "mine=1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None: ...


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # its workers are another user
        yield from _serve(Path(folder), free_port())


def _serve(folder: Path, listens: int) -> Iterator[int]:
    app = ThreadingHTTPServer(("127.0.0.1", 0), _App)
    threading.Thread(target=app.serve_forever, daemon=True).start()
    shipped = CONFIGURATION.read_text(encoding="utf-8")
    text, changed = re.subn(r"127\.0\.0\.1:8501", f"127.0.0.1:{app.server_port}", shipped)
    text, listened = re.subn(r"listen 8080;", f"listen 127.0.0.1:{listens};", text)
    text, kept = re.subn(r"/var/cache/shekara", f"{folder}/kept", text)
    assert (changed, listened, kept) == (1, 1, 1)
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ access_log off; {paths} {text} }}"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    assert NGINX
    command = [NGINX, "-e", f"{folder}/error.log", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    server = subprocess.Popen(command)
    for _ in range(100):
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", listens)):
                break
        time.sleep(0.1)
    yield listens
    server.terminate()
    server.wait()
    app.shutdown()
    app.server_close()


def ask(
    port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_every_answer_carries_the_headers_of_a_public_page(port: int) -> None:
    for path in ("/", "/_stcore/metrics"):
        answer = ask(port, path)
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("X-Frame-Options") == "SAMEORIGIN"
        assert answer.getheader("Referrer-Policy") == "same-origin"
        assert "frame-ancestors 'self'" in (answer.getheader("Content-Security-Policy") or "")
        assert "/" not in (answer.getheader("Server") or "")


@pytest.mark.parametrize("page", ["metrics", "script-health-check"])
def test_what_the_server_tells_of_itself_is_closed(port: int, page: str) -> None:
    assert ask(port, f"/_stcore/{page}").status == 404
    assert ask(port, f"/map/_stcore/{page}").status == 404


def test_the_page_passes_and_what_it_asks_before_its_socket(port: int) -> None:
    for path in ("/?page=borders", "/_stcore/health", "/_stcore/host-config"):
        assert ask(port, path).status == 200


@pytest.mark.parametrize("path", ["/page", "/_stcore/health", "/_stcore/stream", "/media/a"])
def test_the_app_is_told_who_asks_and_for_what_host(port: int, path: str) -> None:
    ask(port, path, Upgrade="websocket", **{"X-Forwarded-For": "10.9.8.7"})
    headers = next(headers for asked, headers in reversed(_App.asked) if asked == path)
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["Host"] == f"127.0.0.1:{port}"
    assert (headers["Upgrade"], headers["Connection"]) == ("websocket", "upgrade")


def test_the_socket_is_for_sockets(port: int) -> None:
    assert ask(port, "/_stcore/stream").status == 400


def test_what_is_everybodys_is_asked_of_the_app_once_and_what_is_ones_own_each_time(port: int) -> None:
    for path, times in {"/everybodys": 1, "/cookie": 3, "/media/own": 3, "/_stcore/health": 3}.items():
        before = len(_App.asked)
        for number in range(3):
            assert ask(port, f"{path}?{number}").status == 200
        assert len(_App.asked) - before == times, path


def test_a_larger_file_than_the_app_takes_goes_no_further(port: int) -> None:
    assert ask(port, "/_stcore/upload_file/a/b", "PUT", b"0" * 1000).status == 200
    assert ask(port, "/_stcore/upload_file/a/b", "PUT", b"0" * (21 * 1024 * 1024 + 1)).status == 413


def test_one_reader_holds_so_many_connections_and_no_more(port: int) -> None:
    statuses: list[int] = []

    def read_slowly() -> None:
        statuses.append(ask(port, "/media/slow").status)

    readers = [threading.Thread(target=read_slowly) for _ in range(30)]
    for reader in readers:
        reader.start()
    while len(statuses) < 10:  # the others are held until these are refused
        time.sleep(0.05)
    _App.gate.set()
    for reader in readers:
        reader.join()
    assert statuses[:10] == [429] * 10
    assert statuses.count(200) == 20


def test_one_reader_asks_so_often_and_no_more(port: int) -> None:
    assert any(ask(port, "/").status == 429 for _ in range(5000))
