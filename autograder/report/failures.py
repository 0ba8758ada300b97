"""What goes wrong in a class, gathered student by student, and put into groups of those who fail alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.checks.causes import NOT_WRITTEN
from autograder.model.check import Visibility
from autograder.model.verdict import Outcome
from autograder.report.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from autograder.model.check import Check
    from autograder.model.ids import CheckId, ExerciseId, StudentId
    from autograder.model.misunderstanding import Misunderstanding
    from autograder.model.verdict import Verdict

MAX_KINDS = 200  # ways to fail that are told apart, of an exercise and of a check: hostile code can invent any number

_NO_FAILURE = {Outcome.PASSED, Outcome.NOT_RUN, Outcome.UNGRADED}


@dataclass(slots=True, kw_only=True)
class Group:
    """Students who fail alike.

    Attributes:
        check: the check at which they are seen to.
        verdict: the first one's, without what was printed; None for those who each fail in a way of their own.
        known: the misunderstanding that they probably share.
        students: who they are, in the order in which they were added.
    """

    check: Check
    verdict: Verdict | None
    known: Misunderstanding | None = None
    students: list[StudentId] = field(default_factory=list)


class Failures:
    """The groups of a class. Memory grows with names and with kinds of failures, not with verdicts.

    Args:
        checks: all that there are.
        known: misunderstandings that groups are recognised by.
    """

    def __init__(self, checks: Sequence[Check], known: Iterable[Misunderstanding] = ()) -> None:
        self._checks = {check.id: check for check in checks}
        self._known = {(each.exercise, each.fails, each.likeness): each for each in known}
        self._exercises: dict[ExerciseId, dict[str, Group]] = {}
        self._unwritten: Counter[ExerciseId] = Counter()
        self._kinds: dict[CheckId, dict[str, Group]] = {check.id: {} for check in checks}
        self._outcomes: dict[CheckId, Counter[Outcome]] = {check.id: Counter() for check in checks}

    def add(self, student: StudentId, verdicts: Sequence[Verdict]) -> None:
        """Take a student in. Verdicts on checks that are no longer there count for nothing."""
        failing: dict[ExerciseId, list[tuple[Check, Verdict]]] = {}
        for verdict in verdicts:
            check = self._checks.get(verdict.check)
            if check is None:
                continue
            self._outcomes[check.id][verdict.outcome] += 1
            if verdict.outcome not in _NO_FAILURE:
                failing.setdefault(check.exercise, []).append((check, verdict))
                _join(self._kinds[check.id], likeness(verdict), Group(check=check, verdict=verdict), student)
        for exercise, failed in failing.items():
            known = self._recognised(exercise, failed)
            check, verdict = failed[0]  # what follows is mostly its consequence
            if verdict.cause and verdict.cause.message in NOT_WRITTEN:
                self._unwritten[exercise] += 1
                continue
            kind = f"mutant {known.mutant}" if known else likeness(verdict)
            groups = self._exercises.setdefault(exercise, {})
            _join(groups, kind, Group(check=check, verdict=verdict, known=known), student)

    def groups(self) -> list[Group]:
        """Those who stumble over an exercise alike, the largest group first; the first failing check of each counts."""
        return _largest_first(group for groups in self._exercises.values() for group in groups.values())

    def unwritten(self, exercise: ExerciseId) -> int:
        """How many have not written an exercise yet, or something that it calls; they are in none of its groups."""
        return self._unwritten[exercise]

    def of(self, check: CheckId) -> list[Group]:
        """Those who fail a check alike, the largest group first."""
        return _largest_first(self._kinds[check].values())

    def outcomes(self, check: CheckId) -> Mapping[Outcome, int]:
        """How a check ended for how many."""
        return self._outcomes[check]

    def _recognised(self, exercise: ExerciseId, failed: Sequence[tuple[Check, Verdict]]) -> Misunderstanding | None:
        hidden = [verdict for check, verdict in failed if check.visibility is Visibility.HIDDEN]
        if not hidden:
            return None
        fails = frozenset(verdict.check for verdict in hidden)
        return self._known.get((exercise, fails, likeness(hidden[0])))


def _join(groups: dict[str, Group], kind: str, group: Group, student: StudentId) -> None:
    """Add a student to the group of a kind, which is `group` if it is new; where there are too many, to the rest."""
    if kind not in groups and len(groups) >= MAX_KINDS:
        kind = ""
        group.verdict = group.known = None
    elif kind not in groups and group.verdict is not None:
        group.verdict = replace(group.verdict, output="")
    groups.setdefault(kind, group).students.append(student)


def _largest_first(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (group.verdict is None, -len(group.students)))
