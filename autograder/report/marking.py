"""The instructor's pages on which marks are given and feedback is released: one student's, and everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.model.mark import Action
from autograder.report.by_hand import mark_lines
from autograder.report.pages import page
from autograder.report.student import student_view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.model.ids import StudentId
    from autograder.model.mark import Mark
    from autograder.model.result import Result
    from autograder.model.verdict import Verdict
    from autograder.report.answers import Answer
    from autograder.report.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one student stands: the points (None while a part isn't graded), the marks, and what was released."""

    student: StudentId
    score: float | None
    max_score: float
    marks: int
    released: str = ""  # when and by whom; empty where nothing is
    is_stale: bool = False  # something changed since


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLine:
    """One grading of one submission, as today's rules and marks have it."""

    at: str  # when it was graded: "2026-03-01 14:05 UTC"
    by: str  # who ran the grader; may be empty
    number: int  # which of the student's submissions it was of, as far as the platform tells
    is_late: bool
    score: float | None  # None while a part isn't graded
    max_score: float
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """All that a student's page is made of."""

    result: Result
    verdicts: tuple[Verdict, ...]
    history: tuple[Mark, ...]  # every mark, the oldest first, withdrawn ones too
    notebooks: Mapping[str, bytes]  # executed, by name
    answers: Mapping[str, tuple[Answer, ...]]  # by notebook
    attempts: tuple[AttemptLine, ...]  # the newest first


def desk_page(standings: Sequence[Standing], site: Site, *, secret: str, by: str, said: str = "") -> str:
    """Everybody, with the links to their pages; `secret` goes into each form, `said` tells what was just done."""
    waiting = sum(not standing.released or standing.is_stale for standing in standings)
    view = {"standings": standings, "site": site, "waiting": waiting, "secret": secret, "by": by, "said": said}
    return page("desk.html.jinja", site.language, **view)


def marking_page(graded: Graded, standing: Standing, site: Site, *, secret: str, said: str = "") -> str:
    """One student's page, with a form for each thing that can be marked."""
    view = student_view(graded.result, graded.verdicts, site, graded.notebooks)
    history = mark_lines(graded.history, site.checks, site.course, site.language, site.translate)
    given = zip(graded.result.marks, view["marks"], strict=True)
    exercises = {unit.id: [exercise.id for exercise in unit.exercises] for unit in site.course.units}
    targets = site.course.parts | {check.id for check in site.checks}
    lessons = {unit.id: f"{unit.lesson}.ipynb" for unit in site.course.units if unit.lesson}
    return page(
        "marking.html.jinja",
        site.language,
        **view,
        standing=standing,
        history=list(zip((mark.target for mark in graded.history), history, strict=True)),
        current={mark.target: line for mark, line in given if mark.action is Action.GIVEN},
        exercises=exercises,
        idle=[line for mark, line in zip(graded.history, history, strict=True) if mark.target not in targets],
        attempts=graded.attempts,
        answers={unit: graded.answers.get(lesson, ()) for unit, lesson in lessons.items()},
        secret=secret,
        said=said,
    )


def said_page(title: str, said: str, language: str) -> str:
    """A page that says one thing, and leads back."""
    return page("said.html.jinja", language, title=title, said=said)
