"""The benchmark of a class still runs, and each of its ways to grade gives the same scores."""

import csv

import pytest

from tests.benchmarks import class_run, handed_in

pytestmark = pytest.mark.sandbox


def test_a_class_is_graded_in_each_way(tmp_path, monkeypatch):
    """One job, two jobs, again, and by a scheduler that loses a worker; who handed in something broken has no point."""
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    monkeypatch.setattr(class_run, "WORKERS", 2)
    figures = class_run.measured(tmp_path, handed_in.small(tmp_path), 4)
    rows = list(csv.DictReader(figures.one.scores.decode("utf-8-sig").splitlines()))
    assert [float(row["total"]) for row in rows] == [1, 1, 1, 0]
    assert figures.again.cost.cpu_s < figures.one.cost.cpu_s
    assert min(figures.one.grader_bytes, figures.one.worker_bytes) > 0
