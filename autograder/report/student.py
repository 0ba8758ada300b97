"""The instructor's page of one student: everything that grading saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.checks.words import printed
from autograder.model.check import Check, Visibility
from autograder.model.ids import UnitId
from autograder.model.record import Record
from autograder.model.result import CheckScore, Result
from autograder.model.verdict import Outcome, Verdict
from autograder.report.by_hand import adjustment_lines, mark_lines
from autograder.report.differences import Shown, shown
from autograder.report.notebook import pieces
from autograder.report.pages import page, parameters
from autograder.report.points import ungraded_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.report.site import Site


class CheckView(Record, frozen=True):
    """One check of the page."""

    score: CheckScore
    most: float  # points that it has, also where it is excused
    title: str
    parameters: str
    page: str | None  # of the check
    place: str
    source: str
    is_hidden: bool
    is_marked: bool  # by hand
    has_passed: bool
    why: Shown
    output: str
    cpu_s: float


class UnitView(Record, frozen=True):
    """One unit of the page; `score` is None while it isn't graded."""

    id: UnitId
    title: str
    score: float | None
    max_score: float
    checks: tuple[CheckView, ...]

    @property
    def failing(self) -> tuple[CheckView, ...]:
        """Those that did not pass."""
        return tuple(check for check in self.checks if not check.has_passed)

    @property
    def passing(self) -> tuple[CheckView, ...]:
        """Those that did."""
        return tuple(check for check in self.checks if check.has_passed)


def student_page(
    result: Result, verdicts: Sequence[Verdict], site: Site, *, notebooks: Mapping[str, bytes] | None = None
) -> str:
    """A student's page for the instructor. `notebooks` are executed ones, the JSON of each by its name."""
    return page("student.html.jinja", site.language, **student_view(result, verdicts, site, notebooks or {}))


def student_view(
    result: Result, verdicts: Sequence[Verdict], site: Site, notebooks: Mapping[str, bytes]
) -> dict[str, Any]:
    """What the template of a student's page is filled with."""
    open_units = ungraded_units(result)
    by_check = {verdict.check: verdict for verdict in verdicts}
    known = {check.id: check for check in site.checks}
    marked = {mark.target for mark in result.marks}
    titles = {unit.id: unit.title[site.language] for unit in site.course.units}
    units = [
        UnitView(
            id=unit.id,
            title=titles.get(unit.id, unit.id),
            score=None if unit.id in open_units else unit.score,
            max_score=unit.max_score,
            checks=tuple(
                _view(score, known.get(score.id), by_check.get(score.id), site, is_marked=score.id in marked)
                for score in result.checks
                if score.unit == unit.id
            ),
        )
        for unit in result.units
    ]
    return {
        "site": site,
        "result": result,
        "units": units,
        "is_graded": not open_units,
        "marks": mark_lines(result.marks, site.checks, site.course, site.language, site.translate),
        "adjustments": adjustment_lines(result.adjustments, site.language),
        "notebooks": {name: pieces(notebook) for name, notebook in notebooks.items()},
    }


def _view(score: CheckScore, check: Check | None, verdict: Verdict | None, site: Site, *, is_marked: bool) -> CheckView:
    """One check with what is known of it; the result alone is enough."""
    cause = verdict.cause if verdict else None
    return CheckView(
        score=score,
        most=check.points if check else score.max_points,
        title=site.translate(check.title) if check else score.id,
        parameters=parameters(score.id),
        page=site.check_pages.get(score.id),
        place=f"{check.file}:{check.line}" if check else "",
        source=check.source if check else "",
        is_hidden=score.visibility is Visibility.HIDDEN,
        is_marked=is_marked,
        has_passed=score.outcome is Outcome.PASSED,
        why=shown(cause, site.language) if cause else Shown(sentence=score.cause or ""),
        output=printed(verdict.output, site.language) if verdict else "",
        cpu_s=verdict.cpu_s if verdict else 0.0,
    )
