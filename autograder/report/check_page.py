"""The instructor's page of one check: how it ended for whom, what it is, and what it sees on the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.check import Visibility
from autograder.model.ids import StudentId
from autograder.model.record import Record
from autograder.model.verdict import Outcome
from autograder.report.differences import Shown, shown
from autograder.report.pages import page
from autograder.report.sightings import sightings

if TYPE_CHECKING:
    from autograder.model.check import Check
    from autograder.model.transcript import Transcript
    from autograder.report.failures import Failures, Group
    from autograder.report.site import Site

MAX_GROUPS = 12  # that are shown with all that is known of them
MAX_NAMED = 200  # students named in a group


class GroupView(Record, frozen=True):
    """Students who fail a check alike; `outcome` is None for those who each fail in a way of their own."""

    outcome: Outcome | None
    why: Shown
    students: tuple[StudentId, ...]


def check_page(check: Check, failures: Failures, expected: Transcript | None, site: Site) -> str:
    """The page of a check; `expected` is what it sees on the reference, if that is known."""
    groups = failures.of(check.id)
    outcomes = failures.outcomes(check.id)
    titles = {unit.id: unit.title[site.language] for unit in site.course.units}
    return page(
        "check.html.jinja",
        site.language,
        site=site,
        check=check,
        title=site.translate(check.title),
        unit=titles[site.course.exercise(check.exercise).unit],
        is_hidden=check.visibility is Visibility.HIDDEN,
        outcomes=[(outcome, outcomes[outcome]) for outcome in Outcome if outcomes.get(outcome)],
        passed=outcomes.get(Outcome.PASSED, 0),
        total=sum(outcomes.values()),
        groups=[_view(group, site.language) for group in groups[:MAX_GROUPS]],
        others=sum(len(group.students) for group in groups[MAX_GROUPS:]),
        sightings=sightings(check, expected, site.language) if expected else (),
        max_named=MAX_NAMED,
    )


def _view(group: Group, language: str) -> GroupView:
    verdict = group.verdict
    return GroupView(
        outcome=verdict.outcome if verdict else None,
        why=shown(verdict.cause, language) if verdict else Shown(),
        students=tuple(group.students),
    )
