"""A result as lines that its student may see: the records here have no room for what hidden checks hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.check import Visibility
from autograder.model.ids import ExerciseId
from autograder.model.language import translate
from autograder.model.record import Record
from autograder.model.verdict import Outcome
from autograder.report.pages import OUTCOMES, parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.model.ids import Language
    from autograder.model.result import CheckScore, Result


class Line(Record, frozen=True):
    """A public check, or all hidden checks of an exercise that have one title."""

    name: str
    exercise: ExerciseId
    is_hidden: bool
    outcome: Outcome  # of several the first that isn't passed, but for UNGRADED, which goes before all
    points: float | None  # None while one of the checks is ungraded
    max_points: float
    passed: int
    count: int
    cause: str  # of a public check that did not pass

    def why(self, language: Language) -> str:
        """Why it did not pass, as far as a student may know; empty where it did."""
        if self.outcome is Outcome.PASSED or self.cause:
            return self.cause
        word = translate(OUTCOMES[self.outcome][1], language)
        return word if self.count == 1 else f"{word} ({self.passed}/{self.count})"


def lines(result: Result) -> tuple[Line, ...]:
    """The lines of a result, in the order of its checks."""
    groups: dict[tuple[str, ...], list[CheckScore]] = {}
    for check in result.checks:
        groups.setdefault(_group(check), []).append(check)
    return tuple(map(_line, groups.values()))


def _group(check: CheckScore) -> tuple[str, ...]:
    return (check.exercise, check.title) if check.visibility is Visibility.HIDDEN else (check.exercise, "", check.id)


def _line(checks: Sequence[CheckScore]) -> Line:
    first = checks[0]
    is_hidden = first.visibility is Visibility.HIDDEN
    points = [check.points for check in checks if check.points is not None]
    return Line(
        name=_name(first, is_hidden=is_hidden),
        exercise=first.exercise,
        is_hidden=is_hidden,
        outcome=next(_outcomes(checks), Outcome.PASSED),
        points=sum(points) if len(points) == len(checks) else None,
        max_points=sum(check.max_points for check in checks),
        passed=sum(check.outcome is Outcome.PASSED for check in checks),
        count=len(checks),
        cause="" if is_hidden else first.cause or "",
    )


def _name(check: CheckScore, *, is_hidden: bool) -> str:
    """The title; parameters of hidden checks are theirs alone."""
    if is_hidden:
        return check.title or check.exercise
    given = parameters(check.id)
    title = check.title or check.id.partition("[")[0]
    return f"{title} [{given}]" if given else title


def _outcomes(checks: Sequence[CheckScore]) -> Iterator[Outcome]:
    """Those that are not passed, UNGRADED before all."""
    failed = [check.outcome for check in checks if check.outcome is not Outcome.PASSED]
    yield from sorted(failed, key=lambda outcome: outcome is not Outcome.UNGRADED)
