"""A module that was made of a notebook's cells runs as they do there: one that fails stops no other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

CELL_MARK = "# %% "  # and the name of a notebook's cell: so begins each cell in the module
CELL = re.compile(re.escape(CELL_MARK) + r"(\S+\.ipynb\b.*)")
_START = re.compile(b"^" + CELL.pattern.encode(), re.MULTILINE)


def cells(source: bytes) -> list[bytes]:
    """What stands above the first cell in a module's source, then each cell; all on the lines where they stand."""
    starts = [0, *(match.start() for match in _START.finditer(source))]
    ends = [*starts[1:], len(source)]
    return [b"\n" * source.count(b"\n", 0, start) + source[start:end] for start, end in zip(starts, ends, strict=True)]


def run_cells(source: bytes, compiled: Callable[[bytes], CodeType], module: dict[str, Any]) -> None:
    """Run a module's cells in it; what one that failed was to define raises its exception when it is asked for."""
    above, *others = cells(source)
    exec(compiled(above), module)  # noqa: S102 - the candidate
    failed = [(cell, error) for cell in others if (error := _failure(cell, compiled, module))]
    raised = [(cell.decode(errors="replace"), error, error.__traceback__) for cell, error in failed]

    def missing(name: str) -> Any:
        for text, error, traceback in raised:
            if re.search(rf"\b{re.escape(name)}\b", text):
                raise error.with_traceback(traceback)  # that alone, however often it was raised before
        raise AttributeError(name)

    module["__getattr__"] = missing


def _failure(cell: bytes, compiled: Callable[[bytes], CodeType], module: dict[str, Any]) -> Exception | None:
    try:
        exec(compiled(cell), module)  # noqa: S102 - the candidate
    except Exception as error:  # noqa: BLE001 - student code ran: whatever it raised is its answer
        return error
    return None
