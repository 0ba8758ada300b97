"""A time limit for work in this very process, where no other process can end it."""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

T = TypeVar("T")

AGAIN_S = 0.2  # rung again so often, for code that catches everything


class TimeIsUp(BaseException):
    """Raised in the midst of work whose time is over."""


def within(limit_s: float, work: Callable[[], T]) -> T | None:
    """What the work returns; None if it takes longer than so many seconds by the clock.

    On the main thread an alarm interrupts it. Elsewhere, and where there are no alarms, a thread does the work and is
    left behind.
    """
    has_alarm = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return _with_alarm(limit_s, work) if has_alarm else with_thread(limit_s, work)


def _with_alarm(limit_s: float, work: Callable[[], T]) -> T | None:
    is_late = is_over = False

    def ring(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as signal wants it
        nonlocal is_late
        if not is_over:
            is_late = True
            raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit_s, AGAIN_S)
    try:
        result = work()
    except TimeIsUp:
        return None
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return None if is_late else result


def with_thread(limit_s: float, work: Callable[[], T]) -> T | None:
    """The same without an alarm; an exception of the work is raised here."""
    results: list[T] = []
    errors: list[BaseException] = []

    def attempt() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again below, in the thread that asked
            errors.append(error)

    streams = sys.stdout, sys.stderr
    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(limit_s)
    if thread.is_alive():
        sys.stdout, sys.stderr = streams  # the work may have turned them to itself
        return None
    if errors:
        raise errors[0]
    return results[0]
