"""The machine that builds a course's workspaces and grades what comes back.

A course's checks import one name from here, the mark `exercise`, and notebooks another, `draw`:

    from autograder import exercise
    from autograder import draw
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.checks.mark import exercise
    from autograder.drawing.pencil import draw

__all__ = ["draw", "exercise"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import a name when it is asked for, so that the command line starts without what is behind it."""
    if name == "exercise":
        from autograder.checks.mark import exercise  # noqa: PLC0415 - imported late on purpose, see above

        return exercise
    if name == "draw":
        from autograder.drawing.pencil import draw  # noqa: PLC0415 - likewise

        return draw
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
