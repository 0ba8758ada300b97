"""Points as people read them, and which are not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.check import Visibility

if TYPE_CHECKING:
    from autograder.model.ids import UnitId
    from autograder.model.result import Result


def ungraded_units(result: Result) -> frozenset[UnitId]:
    """The units whose score is not known yet, since a check that carries points is ungraded."""
    return frozenset(
        check.unit for check in result.checks if check.points is None and check.visibility is Visibility.HIDDEN
    )


def number(points: float) -> str:
    """Points as people write them: `2`, `1.5`, `0.3333`."""
    return f"{round(points, 4):.12g}"
