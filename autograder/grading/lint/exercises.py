"""Rules about what every exercise has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.grading.lint.fault import fault
from autograder.model.check import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.grading.lint.draft import Draft
    from autograder.grading.lint.fault import Fault


def hints(draft: Draft) -> Iterator[Fault]:
    """Every exercise has hints; that they are in all languages, course.toml is refused without."""
    for exercise in draft.course.exercises:
        if not any(exercise.hints.values()):
            languages = " and ".join(f"hints.{language}" for language in draft.course.languages)
            remedy = f"write {languages}, each a list: a question, a pointer, nearly the answer"
            yield fault(draft.course, draft.course.root / "course.toml", f'hints for "{exercise.id}"', "none", remedy)


def checks(draft: Draft) -> Iterator[Fault]:
    """Every exercise is guided by a public check, and earns points by a hidden one."""
    folders = {
        Visibility.PUBLIC: (draft.course.root / "checks", "which students get, without points"),
        Visibility.HIDDEN: (draft.course.solutions / "checks", "with points"),
    }
    for visibility, (folder, kind) in folders.items():
        covered = {check.exercise for check in draft.checks[visibility]}
        for exercise in draft.course.exercises:
            if exercise.id not in covered:
                remedy = f'write a check there with @exercise("{exercise.id}"), {kind}'
                yield fault(draft.course, folder, f'a {visibility} check of "{exercise.id}"', "none", remedy)
