"""Processes that grade side by side: who dies is replaced, and nobody's submission is lost."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.grading.executors import executor
from autograder.grading.executors.local import LocalWorkers
from autograder.grading.intake import Found
from tests.grading.executors.obeying import obey, told, tries


def work(plan, connection):
    """A worker that obeys."""
    with suppress(EOFError, OSError):
        while True:
            connection.send_bytes(obey(connection.recv(), plan))


def work_and_tell_cpus(plan, connection):
    """A worker that obeys, and writes down where it may run."""
    with suppress(EOFError, OSError):
        while True:
            found = connection.recv()
            found.path.with_suffix(".cpus").write_text(str(sorted(os.sched_getaffinity(0))))
            connection.send_bytes(obey(found, plan))


@pytest.fixture
def graded(plan, tmp_path):
    """Grade submissions of these names; the answers by name, and which processes had each."""

    def run(*names, jobs=1):
        found = [Found(name, tmp_path / name) for name in names]
        answers = {answer.student: answer for answer in LocalWorkers(plan, jobs, work).grade(found)}
        return answers, {each.student: tries(each.path) for each in found}

    return run


def test_every_submission_is_graded_by_a_few_workers(graded):
    """Ten submissions, two workers, each used again."""
    answers, pids = graded(*"abcdefghij", jobs=2)
    assert sorted(answers) == list("abcdefghij")
    assert all(answer.is_whole for answer in answers.values())
    assert len({pid for had in pids.values() for pid in had}) <= 2


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system keeps no process on one CPU")
def test_each_worker_keeps_to_a_cpu(plan, tmp_path):
    """Where it and its sandbox take turns; where there are more workers than CPUs they share them."""
    usable = sorted(os.sched_getaffinity(0))
    names = ["a", "b", "c", "d"]
    list(LocalWorkers(plan, 4 * len(usable), work_and_tell_cpus).grade(Found(name, tmp_path / name) for name in names))
    told = {(tmp_path / name).with_suffix(".cpus").read_text() for name in names}
    assert told <= {f"[{cpu}]" for cpu in usable}
    assert len(told) == min(len(usable), len(names))


def test_a_submission_whose_worker_died_is_graded_again(graded):
    """Another worker takes it, once; the others don't notice."""
    answers, pids = graded("a", "dies once", "b")
    assert all(answer.is_whole for answer in answers.values())
    assert len(set(pids["dies once"])) == 2


def test_a_submission_whose_worker_dies_twice_is_our_fault(graded):
    """Every check is ungraded and says why; the run goes on."""
    answers, pids = graded("a", "always dies", "b")
    assert told(answers["always dies"]).startswith(
        "the grader failed, which is not the student's fault (a worker process ended with exit code 9)"
    )
    assert len(pids["always dies"]) == 2
    assert answers["b"].is_whole


def test_a_submission_with_ungraded_checks_is_graded_again_by_a_fresh_worker(graded):
    """What is wrong with a worker's sandbox must not follow the next submissions."""
    answers, pids = graded("sick once", "always sick", "a")
    assert answers["sick once"].is_whole
    assert "(sick)" in told(answers["always sick"])
    assert len(set(pids["sick once"])) == 2


def test_a_worker_that_hangs_is_ended(graded, monkeypatch):
    """Silence for longer than any submission may take counts as death."""
    monkeypatch.setattr(executor, "WALL_PER_CPU", 0)
    monkeypatch.setattr(executor, "_WALL_BESIDES_S", 2)
    answers, _ = graded("hangs")
    assert "(a worker process did not answer)" in told(answers["hangs"])


def test_submissions_are_asked_for_as_workers_become_free(plan, tmp_path):
    """A class that does not fit into memory is never listed as a whole."""
    asked = []

    def source():
        for name in "abcdef":
            asked.append(name)
            yield Found(name, tmp_path / name)

    answers = LocalWorkers(plan, 1, work).grade(source())
    next(answers)
    assert len(asked) == 1
    answers.close()


def test_no_process_is_left_when_the_run_is_given_up(plan, tmp_path):
    """Closing the iterator ends the workers."""
    answers = LocalWorkers(plan, 2, work).grade(Found(name, tmp_path / name) for name in "abcd")
    next(answers)
    answers.close()
    pids = {pid for path in tmp_path.iterdir() for pid in path.read_text().split()}
    assert not [pid for pid in pids if Path("/proc", pid).exists()]
