"""A result as lines that its student may see: the records here have no room for what hidden checks hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.check import Visibility
from autograder.model.language import sentence, translate
from autograder.model.mark import Action
from autograder.model.record import Record
from autograder.model.verdict import Outcome
from autograder.report.pages import OUTCOMES, parameters
from autograder.report.points import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from autograder.model.ids import Language
    from autograder.model.mark import Mark
    from autograder.model.result import Adjustment, CheckScore, Result

_BY_HAND = sentence("by hand")
_EXCUSED = sentence("excused")
_RULE = sentence("rule")


class Line(Record, frozen=True):
    """A public check, all hidden checks of an exercise that have one title, a mark beside the checks, or a rule.

    The points of all lines together are the result's score.
    """

    name: str
    exercise: str  # its id; of a mark, that of what was marked; of a rule, "policy" as in course.toml
    is_hidden: bool
    outcome: Outcome  # of several the first that isn't passed, but for UNGRADED, which goes before all
    points: float | None  # None while one of the checks is ungraded
    max_points: float
    why: str = ""  # it did not pass, as far as a student may know; empty where it did
    comments: tuple[str, ...] = ()  # by hand, with the points that were given

    @property
    def told(self) -> str:
        """All that is said of it."""
        return "\n".join(text for text in (self.why, *self.comments) if text)

    @property
    def has_points(self) -> bool:
        """Whether it has a part in the score."""
        return bool(self.is_hidden or self.points or self.max_points)


def lines(result: Result, language: Language) -> tuple[Line, ...]:
    """The lines of a result: checks in their order, then marks beside them and the course's rules."""
    groups: dict[tuple[str, ...], list[CheckScore]] = {}
    for check in result.checks:
        groups.setdefault(_group(check), []).append(check)
    marks: dict[str, Mark] = {mark.target: mark for mark in result.marks}
    beside = [mark for mark in result.marks if mark.target not in {check.id for check in result.checks}]
    return (
        *(_line(checks, marks, language) for checks in groups.values()),
        *(_mark(mark, language) for mark in beside),
        *(_rule(change, language) for change in result.adjustments),
    )


def comment(mark: Mark, max_points: float, language: Language) -> str:
    """A mark by hand in one line: the points where it gives some, and what its giver says."""
    points = f" {number(mark.points)} / {number(max_points)}" if mark.points or max_points else ""
    word = translate(_EXCUSED, language) if mark.action is Action.EXCUSED else translate(_BY_HAND, language) + points
    return f"{word}: {mark.comment}" if mark.comment else word


def _group(check: CheckScore) -> tuple[str, ...]:
    return (check.exercise, check.title) if check.visibility is Visibility.HIDDEN else (check.exercise, "", check.id)


def _line(checks: Sequence[CheckScore], marks: dict[str, Mark], language: Language) -> Line:
    first = checks[0]
    is_hidden = first.visibility is Visibility.HIDDEN
    points = [check.points for check in checks if check.points is not None]
    outcomes = [_outcome(check, marks) for check in checks]
    outcome = next(_not_passed(outcomes), Outcome.PASSED)
    return Line(
        name=_name(first, is_hidden=is_hidden),
        exercise=first.exercise,
        is_hidden=is_hidden,
        outcome=outcome,
        points=sum(points) if len(points) == len(checks) else None,
        max_points=sum(check.max_points for check in checks),
        why=_why(outcomes, outcome, "" if is_hidden else first.cause or "", language),
        comments=tuple(comment(marks[check.id], check.max_points, language) for check in checks if check.id in marks),
    )


def _mark(mark: Mark, language: Language) -> Line:
    """A mark on an exercise or a unit, which its student may always see."""
    is_whole = mark.action is Action.EXCUSED or mark.points >= mark.out_of
    return Line(
        name=mark.target,
        exercise=mark.target,
        is_hidden=False,
        outcome=Outcome.PASSED if is_whole else Outcome.FAILED,
        points=mark.points,
        max_points=mark.out_of,
        comments=(comment(mark, mark.out_of, language),),
    )


def _rule(change: Adjustment, language: Language) -> Line:
    return Line(
        name=f"{translate(_RULE, language)}: {translate(change.message, language, change.values)}",
        exercise="policy",
        is_hidden=False,
        outcome=Outcome.PASSED,
        points=change.points,
        max_points=change.max_points,
    )


def _outcome(check: CheckScore, marks: dict[str, Mark]) -> Outcome:
    """How a check counts: points by hand win over its verdict, and what is excused is held against nobody."""
    parts = [marks[name] for name in (check.id, check.exercise, check.unit) if name in marks]
    if any(mark.action is Action.EXCUSED for mark in parts):
        return Outcome.PASSED
    if check.id not in marks or not check.max_points:
        return check.outcome
    return Outcome.PASSED if marks[check.id].points >= check.max_points else Outcome.FAILED


def _why(outcomes: Sequence[Outcome], outcome: Outcome, cause: str, language: Language) -> str:
    """Why a line is not passed: of hidden checks the word for it, and of several how many passed."""
    if outcome is Outcome.PASSED:
        return ""
    if cause:
        return cause
    word = translate(OUTCOMES[outcome][1], language)
    return word if len(outcomes) == 1 else f"{word} ({outcomes.count(Outcome.PASSED)}/{len(outcomes)})"


def _name(check: CheckScore, *, is_hidden: bool) -> str:
    """The title; parameters of hidden checks are theirs alone."""
    if is_hidden:
        return check.title or check.exercise
    given = parameters(check.id)
    title = check.title or check.id.partition("[")[0]
    return f"{title} [{given}]" if given else title


def _not_passed(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Those that are not passed, UNGRADED before all."""
    failed = [outcome for outcome in outcomes if outcome is not Outcome.PASSED]
    yield from sorted(failed, key=lambda outcome: outcome is not Outcome.UNGRADED)
