"""Rules about known solutions: wrong ones lose points, right ones none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.build.grafting import grafted_files, grafted_module
from autograder.build.reading import text_of
from autograder.grading.lint.fault import broken, fault
from autograder.model.check import Visibility
from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from autograder.grading.lint.draft import Draft
    from autograder.grading.lint.fault import Fault
    from autograder.model.check import Check


def mutants(draft: Draft) -> Iterator[Fault]:
    """Each known wrong solution is rejected by a hidden check of the unit that it is wrong in."""
    for mutant in _known(draft, "mutants"):
        try:
            files, checks = grafted_files(draft.course, mutant), _own_checks(draft, mutant)
        except CourseError as error:
            yield broken(draft.course, error)
            continue
        if not any(draft.failing(files, (check,)) for check in checks):
            remedy = "write a hidden check that tells it from the reference, or remove it"
            yield fault(draft.course, mutant, "a hidden check of its unit that rejects it", "none", remedy)


def variants(draft: Draft) -> Iterator[Fault]:
    """Every check accepts each other right solution."""
    for variant in _known(draft, "variants"):
        try:
            files = grafted_files(draft.course, variant)
        except CourseError as error:
            yield broken(draft.course, error)
            continue
        for verdict in draft.failing(files, draft.plan.checks).values():
            found = f"that {verdict.check} does not ({verdict.cause})"
            remedy = "observe what the exercise promises, and no more"
            yield fault(draft.course, variant, "that every check accepts it", found, remedy)


def _known(draft: Draft, folder: str) -> Sequence[Path]:
    return sorted((draft.course.solutions / folder).glob("*/*.py"))


def _own_checks(draft: Draft, mutant: Path) -> Sequence[Check]:
    """The hidden checks of the units whose exercises lie in the mutant's file; first those of what it changes."""
    module, changed = grafted_module(draft.course, mutant), text_of(mutant)
    inside = {exercise.id: exercise for exercise in draft.course.exercises if exercise.target.file == module}
    units = {exercise.unit for exercise in inside.values()}

    def distance(check: Check) -> int:
        exercise = inside.get(check.exercise)
        is_changed = exercise is not None and exercise.target.qualname.rpartition(".")[-1] in changed
        return 0 if is_changed else 1

    own = [c for c in draft.checks[Visibility.HIDDEN] if draft.course.exercise(c.exercise).unit in units]
    return sorted(own, key=distance)
