"""An exercise whose answer was given out is noted, and earns what the course says."""

from __future__ import annotations

import pytest

from autograder.build.course import load_course
from autograder.checks.collect import collect_course
from autograder.grading.intake import Found, take_in
from autograder.grading.planning import untouched_workspaces
from autograder.grading.scoring import score
from autograder.model.ids import ExerciseId, StudentId
from autograder.model.release import marked
from autograder.model.verdict import Outcome, Verdict
from tests.tiny_course import PURSE, write_course

PUT = ExerciseId("purse.put")


@pytest.fixture(params=[None, 0.25])
def course(tmp_path, request):
    """The tiny course, which says what a released answer earns, or does not."""
    share = "" if request.param is None else f"\nreleased_earns = {request.param}"
    return load_course(write_course(tmp_path, ("course/course.toml", "home_seed = 3", f"home_seed = 3{share}")))


def handed_in(course, folder, purse):
    """The submission of a workspace with this module."""
    for path, data in {**untouched_workspaces(course)["en"], "pocket/purse.py": purse.encode()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return take_in(Found(StudentId("ada"), folder), course, untouched_workspaces(course))


def test_a_released_answer_earns_its_share_and_own_work_all(course, tmp_path):
    """The check passes all the same, since what builds on it can go on; the note says why it earns less."""
    checks = collect_course(course)
    verdicts = [Verdict(check=check.id, outcome=Outcome.PASSED) for check in checks]
    put = PURSE[PURSE.index("    # Said above") : PURSE.index("\n\n\ndef total")]
    share = course.released_earns or 0.0
    for purse, points in ((PURSE, 1.0), (PURSE.replace(put, marked(PUT, put)), share)):
        submission = handed_in(course, tmp_path / f"work {points}", purse)
        result = score(submission.student, verdicts, checks, course, findings=submission.findings, level="none")
        assert (result.score, result.units[0].score, result.max_score) == (points, points, 1.0)
        assert [line.points for line in result.checks if line.max_points] == [points]
        told = [finding.message for finding in result.findings]
        earns = f"it earns {100 * share:g} percent of its points"
        said = f"pocket/purse.py: purse.put is the answer that was given out; {earns}"
        assert told == ([said] if points < 1 else [])
