"""What happens while a student works, in the order in which it happens: files are saved, keys are pressed."""

from __future__ import annotations

import threading
from collections import deque

QUIT = "q"
WAIT_S = 0.5  # between two looks, so that Ctrl-C gets through on every system

Event = frozenset[str] | str  # the paths of a save, or a key


class Events:
    """A line of events that threads add to; the oldest comes first."""

    def __init__(self) -> None:
        self._events: deque[Event] = deque()
        self._changed = threading.Condition()

    def add(self, event: Event) -> None:
        """Add an event; a save joins one that waits already."""
        with self._changed:
            for place, other in enumerate(self._events):
                if isinstance(event, frozenset) and isinstance(other, frozenset):
                    self._events[place] = other | event
                    return
            self._events.append(event)
            self._changed.notify()

    def next(self) -> Event:
        """The oldest event, as soon as there is one."""
        with self._changed:
            while not self._events:
                self._changed.wait(WAIT_S)
            return self._events.popleft()

    def is_urgent(self) -> bool:
        """Whether something waits that makes the work at hand worthless: another save, or the wish to quit."""
        with self._changed:
            return any(isinstance(event, frozenset) or event == QUIT for event in self._events)
