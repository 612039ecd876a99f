"""Who has used least goes first, whoever asks most often."""

from __future__ import annotations

import threading

import pytest

import geo.app.turns as turns_module
from geo.app.turns import Turns


def test_who_used_least_has_the_next_turn() -> None:
    turns, order, gate = Turns(1), [], threading.Event()
    turns.charge("flood", 100)
    threads = []

    def run(who: str) -> None:
        with turns.take(who):
            order.append(who)

    with turns.take("other"):
        for who in ("flood", "flood", "reader", "flood", "reader"):
            threads.append(threading.Thread(target=run, args=(who,)))
            threads[-1].start()
        while len(turns._waiting) < 5:
            gate.wait(0.01)
    for thread in threads:
        thread.join()
    assert order == ["reader", "reader", "flood", "flood", "flood"]


def test_nobody_waits_while_a_turn_is_free() -> None:
    turns = Turns(2)
    turns.charge("flood", 100)
    with turns.take("flood"), turns.take("flood"):
        assert turns._free == 0
    assert turns._free == 2


def _entered(turns: Turns, who: str) -> tuple[threading.Event, threading.Event, threading.Thread]:
    """A run in a thread of its own: whether it has its turn, what ends it, and the thread."""
    has_turn, end = threading.Event(), threading.Event()

    def run() -> None:
        with turns.take(who):
            has_turn.set()
            end.wait()

    thread = threading.Thread(target=run)
    thread.start()
    return has_turn, end, thread


def test_those_who_used_much_more_than_others_have_one_turn_at_a_time_between_them() -> None:
    turns = Turns(2)
    for who, used in {"flood": 100, "deaf": 80, "a": 2, "b": 1, "c": 1}.items():
        turns.charge(who, used)
    with turns.take("flood") as ticket:
        assert ticket.is_heavy
        has_turn, end, thread = _entered(turns, "deaf")
        assert not has_turn.wait(0.05)
        with turns.take("a") as other:  # one is kept for those who used little
            assert not other.is_heavy
        with turns.pause(ticket):  # it only waits for a process
            assert has_turn.wait()
            end.set()
            thread.join()
    assert (turns._free, turns._heavy, turns._waiting) == (2, 0, [])


def test_a_reader_who_used_more_than_others_but_little_has_a_turn_that_is_free() -> None:
    turns = Turns(2)
    for who, used in {"busy": 0.9, "a": 0.1, "b": 0.1}.items():
        turns.charge(who, used)
    with turns.take("busy"), turns.take("busy"):
        assert turns._free == 0


def test_a_run_that_fails_gives_its_turn_back() -> None:
    turns = Turns(1)
    with pytest.raises(RuntimeError), turns.take("a"):
        raise RuntimeError
    assert turns._free == 1


def test_a_run_that_waits_for_a_process_lets_others_run() -> None:
    turns = Turns(1)
    with turns.take("upload") as ticket, turns.pause(ticket), turns.take("reader"):
        assert turns._free == 0
    assert turns._free == 1


def test_who_waited_long_for_a_process_lets_others_have_theirs() -> None:
    at = [0.0]
    turns = Turns(1, lambda: at[0])
    with turns.take("upload"):
        at[0] = 100.0
    assert turns._used == {"upload": 100}


def test_two_processes_run_at_once_and_the_third_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "_who", lambda: "reader")
    processes, gate, done = turns_module._PROCESS_TURNS, threading.Event(), threading.Event()

    def read() -> None:
        with turns_module._TURNS.take("reader") as turns_module._OWN.ticket, turns_module.rest():
            done.wait()

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    while not processes._waiting or processes._free:
        gate.wait(0.01)
    assert len(processes._waiting) == 1
    done.set()
    for thread in threads:
        thread.join()
    assert (processes._free, processes._waiting, turns_module._TURNS._free) == (2, [], 2)


def test_a_run_that_nobody_wants_any_more_leaves_its_place_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "_PATIENCE_S", 0.01)
    turns = Turns(1)

    def is_wanted() -> None:
        raise RuntimeError

    with turns.take("reader"), pytest.raises(RuntimeError), turns.take("closed", is_wanted):
        raise AssertionError
    assert (turns._free, turns._waiting) == (1, [])


def test_what_was_used_is_forgotten_in_time() -> None:
    turns = Turns(1)
    turns.charge("a", 10)
    turns._last -= 600
    turns.charge("b", 1)
    assert turns._used == {"b": 1}
