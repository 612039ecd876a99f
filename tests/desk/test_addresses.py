"""Sources are asked politely: a server of our own that counts who asks what."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from geo.desk.addresses import check_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator


class Host(ThreadingHTTPServer):
    asked: list[tuple[str, str, str]]
    robots: str
    busy: int
    most_busy: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    server: Host

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.busy += 1
        self.server.most_busy = max(self.server.most_busy, self.server.busy)
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        codes = {"/gone": 404, "/moved": 301, "/closed": 401, "/broken": 500}
        code = 405 if self.path == "/no-head" and self.command == "HEAD" else codes.get(self.path, 200)
        self.send_response(code)
        if code == 301:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        if self.path == "/robots.txt":
            self.wfile.write(self.server.robots.encode())
        self.server.busy -= 1

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[Host]:
    server = Host(("127.0.0.1", 0), Answer)
    server.asked, server.robots, server.busy, server.most_busy = [], "", 0, 0
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_each_address_is_told_apart(host: Host) -> None:
    paths = ("/here", "/gone", "/moved", "/closed", "/broken", "/no-head")
    told = check_addresses([host.address + path for path in paths], pause_s=0)
    assert [told[host.address + path] for path in paths] == [
        "answers", "gone", "moved /elsewhere", "refused", "no answer", "answers",
    ]  # fmt: skip
    assert "/elsewhere" not in {path for _, path, _ in host.asked}


def test_robots_are_heeded_and_each_address_is_asked_once(host: Host) -> None:
    host.robots = "User-agent: *\nDisallow: /private/\n"
    told = check_addresses([host.address + "/private/a", host.address + "/b", host.address + "/b"], pause_s=0)
    assert told == {host.address + "/private/a": "not asked", host.address + "/b": "answers"}
    assert [(method, path) for method, path, _ in host.asked] == [("GET", "/robots.txt"), ("HEAD", "/b")]
    assert all(name.startswith("Shekara/") for _, _, name in host.asked)


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("geo.desk.addresses.time.sleep", pauses.append)
    host.robots = "User-agent: *\nCrawl-delay: 7\n"
    check_addresses([f"{host.address}/{number}" for number in range(6)], pause_s=2)
    assert pauses == [7.0] * 6
    assert host.most_busy == 1


def test_what_is_no_address_of_the_web_is_never_asked() -> None:
    assert check_addresses(["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/a", ""]) == {}


def test_a_host_that_is_not_there_gives_no_answer(host: Host) -> None:
    address = host.address
    host.shutdown()
    host.server_close()
    assert check_addresses([f"{address}/a"], pause_s=0, timeout_s=2) == {f"{address}/a": "no answer"}
