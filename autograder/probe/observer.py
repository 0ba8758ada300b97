"""The observer: what a check tells it to see becomes an entry of the transcript, taken at once."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from itertools import islice
from json import dumps
from typing import TYPE_CHECKING, Any

from .graph import graph_record
from .plain import article, builtin_name, message, text, whole
from .values import is_tensor, tensor_record, value_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENTRIES = 1_000
BYTES = 2 * 1024 * 1024  # of a whole transcript
EVENTS = 10_000


class Observer:
    """Writes down what it is shown, with the line of the check that showed it. It compares nothing.

    Attributes:
        entries: the records, in order; read when the body has ended.
        is_cut: more was shown than a transcript may hold.
    """

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.is_cut = False
        self._bytes_left = BYTES

    def graph(self, *roots: Any, **leaves: Any) -> None:
        """The graph behind tensors, nodes or edges; keywords name leaves, so that their accumulators can be told."""
        self._note(graph_record(roots, leaves))

    def value(self, value: Any, label: str | None = None, rtol: float | None = None, atol: float | None = None) -> None:
        """A tensor, number, string, None, or a tuple or list of these."""
        self._note({"kind": "value", "value": value_record(value), "rtol": rtol, "atol": atol}, label)

    def grad(self, tensor: Any, label: str | None = None, rtol: float | None = None, atol: float | None = None) -> None:
        """A tensor's `.grad`, or that it has none.

        Raises:
            TypeError: `.grad` is neither a tensor nor None.
        """
        grad = tensor.grad
        if grad is not None and not is_tensor(grad):
            raise TypeError(f"the gradient is {article(grad)}, expected a tensor or None")
        value = None if grad is None else tensor_record(grad)
        self._note({"kind": "grad", "value": value, "rtol": rtol, "atol": atol}, label)

    def raises(self, *, text: bool = False) -> Any:
        """A context manager: which exception its block raises, by the nearest built-in type; its text if asked for."""
        return self._raises(_line(2), is_text_seen=text)

    @contextmanager
    def _raises(self, line: int, *, is_text_seen: bool) -> Iterator[None]:
        seen: dict[str, Any] = {"kind": "raises", "type": None, "text": None}
        try:
            yield
        except BaseException as error:  # noqa: BLE001 - a check may ask about any exception, SystemExit too
            seen["type"] = builtin_name(error)
            seen["text"] = message(error) if is_text_seen else None
        self._note(seen, line=line)

    def order(self, events: Iterable[str], label: str | None = None) -> None:
        """Events, in order, by name.

        Raises:
            TypeError: an item is not a string.
        """
        names = list(islice(events, EVENTS))
        for index, name in enumerate(names):
            if not issubclass(type(name), str):
                raise TypeError(f"item {index} is {article(name)}, expected a string")
        self._note({"kind": "order", "events": [text(name, 200) for name in names]}, label)

    def count(self, count: int, label: str | None = None) -> None:
        """How many."""
        self._note({"kind": "count", "count": whole(count, "the count")}, label)

    def alive(self, reference: Any, label: str | None = None) -> None:
        """Whether the object behind a weak reference still lives."""
        self._note({"kind": "alive", "is_alive": reference() is not None}, label)

    def identical(self, one: Any, other: Any, label: str | None = None) -> None:
        """Whether two things are one."""
        self._note({"kind": "identical", "is_identical": one is other}, label)

    def _note(self, observation: dict[str, Any], label: str | None = None, line: int | None = None) -> None:
        self._bytes_left -= len(dumps(observation))
        if self.is_cut or self._bytes_left < 0 or len(self.entries) >= ENTRIES:
            self.is_cut = True
            return
        named = None if label is None else text(label, 200)
        self.entries.append({"line": _line(3) if line is None else line, "observation": observation, "label": named})


def _line(depth: int) -> int:
    """The line that a caller so many calls up stands at."""
    return sys._getframe(depth).f_lineno  # noqa: SLF001 - the documented way to a caller's line
