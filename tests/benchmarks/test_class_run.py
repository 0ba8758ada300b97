"""The benchmark of a class still runs: its submissions are of every kind, and are graded as they deserve."""

import csv

import pytest

from tests.benchmarks import class_run

pytestmark = [pytest.mark.sandbox, pytest.mark.campaign]  # too dear for every change: it starts the whole command


def test_every_kind_is_graded(tmp_path):
    """Answers have their points, also beside an attack that is refused; what is wrong or broken has none."""
    class_run.hand_in(tmp_path / "all", class_run.small_course(tmp_path), 4)
    run = class_run.grade(tmp_path, "all", "out", "--jobs", "1")
    rows = list(csv.DictReader(run.scores.decode("utf-8-sig").splitlines()))
    assert [float(row["total"]) for row in rows] == [1, 1, 1, 0]
    assert min(run.grader_bytes, run.worker_bytes) > 0
