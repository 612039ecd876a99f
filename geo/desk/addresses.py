"""Whether the addresses of sources still answer: asked only on request, one at a time of each host, and politely."""

from __future__ import annotations

import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from urllib.robotparser import RobotFileParser

from geo.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable
    from urllib.request import OpenerDirector

__all__ = ["ANSWERS", "check_addresses"]

ANSWERS: tuple[str, ...] = ("answers", "gone", "moved", "refused", "not asked", "no answer")
"""What an address may do: give its page; say that there is none; name another address; refuse us, which says nothing of
the page; not be asked, since the host wants no robots there; or not answer at all."""

_AGENT = f"Shekara/{__version__} (asks whether a source is still there)"
_HOSTS_AT_ONCE = 8
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_NO_HEAD = (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN)


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: the other address may lie at a host that was not asked."""

    def redirect_request(self, *_: object) -> None:
        return None


def check_addresses(addresses: Iterable[str], *, pause_s: float = 2.0, timeout_s: float = 15.0) -> dict[str, str]:
    """Ask each address of the web once whether it still answers.

    Two requests to one host are ``pause_s`` apart, or as its robots.txt wants. The answer is one of :data:`ANSWERS`,
    for ``moved`` with the other address after a space.
    """
    hosts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        try:
            parts = urlsplit(address)
        except ValueError:  # as half of an address of IPv6
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            hosts[parts.scheme, parts.netloc].append(address)
    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        by_host = pool.map(lambda item: _ask_host("://".join(item[0]), item[1], pause_s, timeout_s), hosts.items())
        return {address: answer for answers in by_host for address, answer in answers.items()}


def _ask_host(host: str, addresses: list[str], pause_s: float, timeout_s: float) -> dict[str, str]:
    opener = build_opener(_Stay())
    robots = _robots(opener, f"{host}/robots.txt", timeout_s)
    pause_s = max(pause_s, float(robots.crawl_delay(_AGENT) or 0))
    answers = {}
    for address in addresses:
        if not robots.can_fetch(_AGENT, address):
            answers[address] = "not asked"
            continue
        time.sleep(pause_s)
        answers[address] = _ask(opener, address, pause_s, timeout_s)
    return answers


def _robots(opener: OpenerDirector, address: str, timeout_s: float) -> RobotFileParser:
    """Rules of a host; where it has none to read, everything may be asked."""
    rules = RobotFileParser(address)
    try:
        with opener.open(Request(address, headers={"User-Agent": _AGENT}), timeout=timeout_s) as answer:  # noqa: S310  (a web address)
            rules.parse(answer.read(500_000).decode("utf-8", "replace").splitlines())
    except (OSError, ValueError):
        rules.parse([])
    return rules


def _ask(opener: OpenerDirector, address: str, pause_s: float, timeout_s: float) -> str:
    """Ask for the head; of a host that gives none, for the page, of which nothing is read."""
    for method in ("HEAD", "GET"):
        request = Request(address, method=method, headers={"User-Agent": _AGENT})  # noqa: S310  (a web address)
        try:
            with opener.open(request, timeout=timeout_s):
                return "answers"
        except HTTPError as error:
            if error.code in _NO_HEAD and method == "HEAD":
                time.sleep(pause_s)
                continue
            if HTTPStatus.MULTIPLE_CHOICES <= error.code < HTTPStatus.BAD_REQUEST:
                return f"moved {error.headers.get('Location', '')}".strip()
            if error.code in _GONE:
                return "gone"
            return "refused" if error.code < HTTPStatus.INTERNAL_SERVER_ERROR else "no answer"
        except (URLError, OSError, ValueError):
            return "no answer"
    return "no answer"
