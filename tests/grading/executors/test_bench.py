"""A bench keeps its sandboxes warm, and no sick one; another process has a bench of its own."""

import os
from contextlib import closing
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

import pytest

from autograder.grading.executors.bench import Bench
from autograder.grading.intake import Found


@pytest.fixture
def bench(plan):
    """A bench of the tiny course."""
    with closing(Bench(plan)) as opened:
        yield opened


def warm_parents():
    """The processes that this one has started and that still run."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


@pytest.fixture
def started():
    """The warm parents that came since."""
    before = warm_parents()
    return lambda: warm_parents() - before


def test_a_sandbox_is_used_again(bench, hand_in, answers, started):
    """Two submissions, one warm parent."""
    found = Found("ada", hand_in(answers))
    assert bench.grade(found).is_whole
    first = started()
    assert bench.grade(found).is_whole
    assert started() == first
    assert len(first) == 1


def test_a_closed_bench_leaves_nothing(bench, hand_in, answers, started):
    """Its warm parent has ended when `close` returns."""
    bench.grade(Found("ada", hand_in(answers)))
    bench.close()
    assert not started()


def test_a_forgotten_bench_leaves_nothing(plan, hand_in, answers, started):
    """As a worker of a cluster forgets it at the end of a run."""
    bench = Bench(plan)
    bench.grade(Found("ada", hand_in(answers)))
    assert started()
    del bench
    assert not started()


def test_a_sandbox_that_failed_is_not_used_again(bench, hand_in, answers, started):
    """What was wrong with it must not follow the next submission."""
    bench.grade(Found("ada", hand_in(answers)))
    [pid] = started()
    os.kill(int(pid), 9)
    assert not bench.grade(Found("ada", hand_in(answers))).is_whole
    assert bench.grade(Found("ada", hand_in(answers))).is_whole


def test_a_bench_that_was_sent_has_the_plan_alone(bench, hand_in, answers, plan):
    """Its sandboxes stay where they are."""
    bench.grade(Found("ada", hand_in(answers)))
    sent = ForkingPickler.loads(ForkingPickler.dumps(bench))
    assert sent.plan.digest() == plan.digest()
    assert vars(sent)["_idle"] == []
