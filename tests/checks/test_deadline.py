"""Work in this process has a time limit."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

from autograder.checks.deadline import with_thread, within

Within = Callable[[float, Callable[[], Any]], Any]


def endless() -> None:
    """An engine that is stuck."""
    while True:
        time.sleep(0.01)


def stubborn() -> str:
    """Code that catches everything."""
    try:
        endless()
    except BaseException:  # noqa: BLE001
        return "not me"
    return "never"


@pytest.mark.parametrize("limited", [within, with_thread])
def test_work_in_time_gives_its_result(limited: Within) -> None:
    """And its exception."""
    assert limited(60, lambda: 42) == 42
    with pytest.raises(KeyError, match="mine"):
        limited(60, lambda: {}["mine"])


@pytest.mark.parametrize("limited", [within, with_thread])
def test_work_that_never_ends_is_given_up(limited: Within) -> None:
    """There is no result then."""
    assert limited(0.05, endless) is None


def test_who_catches_everything_is_late_all_the_same() -> None:
    """What comes after the time is over does not count."""
    assert within(0.05, stubborn) is None


def test_the_alarm_is_given_back() -> None:
    """Nothing rings later, and the handler is the one of before."""
    before = signal.getsignal(signal.SIGALRM)
    within(0.05, endless)
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_thread_that_is_left_behind_gives_the_streams_back() -> None:
    """It may have turned them to itself."""
    stream = sys.stdout

    def work() -> None:
        with redirect_stdout(StringIO()):
            endless()

    assert with_thread(0.2, work) is None
    assert sys.stdout is stream


def test_other_threads_have_a_limit_too() -> None:
    """Alarms ring on the main thread only."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(within(0.05, endless)))
    thread.start()
    thread.join()
    assert results == [None]
