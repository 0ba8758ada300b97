"""The machine that builds a course's workspaces and grades what comes back.

A course's checks import one name from here, the mark `exercise`:

    from autograder import exercise
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.checks.mark import exercise

__all__ = ["exercise"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import the mark when it is asked for, so that the command line starts without it."""
    if name != "exercise":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from autograder.checks.mark import exercise  # noqa: PLC0415 - imported late on purpose, see above

    return exercise
