"""The benchmark of grading still runs, as far as it needs no other grader."""

import pytest

from autograder.build.course import load_course
from tests.benchmarks import assignment, grading
from tests.benchmarks.where import REST, STEPS

pytestmark = pytest.mark.sandbox


@pytest.fixture
def course(tmp_path):
    """The assignment, as a course of ours."""
    return load_course(assignment.write_course(tmp_path))


def test_a_faulty_submission_loses_its_points(course, tmp_path, monkeypatch):
    """Three of 60; every other has them all."""
    monkeypatch.setattr(grading, "ROUNDS", 1)
    ours = grading.our_costs(tmp_path, course, 4)
    assert ours.scores == [57, 60, 60, 60]


def test_every_step_takes_time(course, tmp_path, monkeypatch):
    """None is watched under a name that is gone, and the floor does the same work."""
    monkeypatch.setattr(grading, "WATCHED", 4)
    floor, steps = grading.floor_and_steps(tmp_path, course)
    assert floor.same_work_s > floor.bare_s > 0
    assert set(steps) == {REST, *(label for label, _, _ in STEPS)}
    assert all(sum(spent) > 0 for label, spent in steps.items() if label != REST)  # what is left over may be noise
