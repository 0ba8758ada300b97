"""What every child does, done a few times in the warm parent before any child is forked.

Python learns while it runs: modules are imported at their first use, code is specialised after some calls, patterns
are compiled once. A child inherits what its parent has learnt, and keeps to itself what it learns later.
"""

from __future__ import annotations

import asyncio
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

from autograder.probe import load, run, unload

from .outputs import Outputs, Stream

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TIMES = 16  # twice the calls after which Python 3.11 specialises a function
OUTPUT_BYTES = 1024
PACKAGE = "rehearsed"
FILES = {f"{PACKAGE}/__init__.py": b"def same(value):\n    return value\n"}
TASK: dict[str, Any] = {
    "id": "rehearsed[1]",
    "source": "def test(torch, see, values):\n    see.value([torch.same(value) for value in values])\n",
    "function": "test",
    "arguments": {"values": [1.0, 2]},
    "seed": 0,
}
CELL = "def same(value):\n    return value\n\n\nprint(same('printed'))\nsame([1, 2.0])"
WRONG_CELL = "1 / 0"


def rehearse_checks() -> None:
    """Run a check on a candidate of our own, which is forgotten."""
    for _ in range(TIMES):
        run(TASK, load(FILES, PACKAGE))
    unload()


def rehearse_cells(execute: Callable[[str], Awaitable[object]], put_out: Callable[[Outputs], None]) -> None:
    """Execute cells of our own, whose outputs go nowhere."""
    printed, warned = streams = Stream("stdout"), Stream("stderr")
    loop = asyncio.new_event_loop()
    with redirect_stdout(printed), redirect_stderr(warned):
        for cell in (CELL,) * TIMES + (WRONG_CELL,):
            outputs = Outputs(OUTPUT_BYTES)
            put_out(outputs)
            for stream in streams:
                stream.outputs = outputs
            loop.run_until_complete(execute(cell))
            outputs.finished()
    loop.close()
