"""Single keys, read while something else runs; nothing where there is no terminal to read them from."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POLL_S = 0.05


@contextmanager
def listening(hear: Callable[[str], None]) -> Iterator[bool]:
    """Call `hear` with each key that is pressed, from a thread of its own, until the block ends; whether keys work.

    The terminal is as before afterwards. Ctrl-C stays what it is.
    """
    if not sys.stdin.isatty():
        yield False
        return
    over = threading.Event()
    with _single_keys():
        thread = threading.Thread(target=_hear_all, args=(hear, over), daemon=True)
        thread.start()
        try:
            yield True
        finally:
            over.set()
            thread.join()


def _hear_all(hear: Callable[[str], None], over: threading.Event) -> None:
    while not over.is_set():
        key = _key()
        if key is None:
            return
        if key:
            hear(key)


if sys.platform == "win32":
    import msvcrt
    import time

    @contextmanager
    def _single_keys() -> Iterator[None]:
        yield

    def _key() -> str | None:
        """The next key, or nothing after a short while."""
        if msvcrt.kbhit():
            return msvcrt.getwch()
        time.sleep(POLL_S)
        return ""

else:
    import os
    import select
    import termios
    import tty

    @contextmanager
    def _single_keys() -> Iterator[None]:
        """With keys that come one by one and are not shown."""
        before = termios.tcgetattr(sys.stdin)
        tty.setcbreak(sys.stdin)
        try:
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def _key() -> str | None:
        """The next key, or nothing after a short while; None once the terminal is gone."""
        ready, _, _ = select.select([sys.stdin], [], [], POLL_S)
        if not ready:
            return ""
        try:
            pressed = os.read(sys.stdin.fileno(), 1)
        except OSError:
            return None
        return pressed.decode("ascii", "ignore") if pressed else None
