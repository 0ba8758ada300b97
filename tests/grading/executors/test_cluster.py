"""Workers under a scheduler: who dies is replaced, nobody's submission is lost, and a lost scheduler is told."""

import re
from contextlib import ExitStack

import pytest

pytest.importorskip("distributed", reason="needs the extra `cluster`")

from autograder.grading.executors import cluster as module
from autograder.grading.executors.bench import Bench
from autograder.grading.executors.cluster import ClusterWorkers
from autograder.grading.executors.facts import facts
from autograder.grading.executors.scheduler import common_facts, connected
from autograder.grading.intake import Found
from autograder.model.errors import MachineError
from tests.grading.executors.obeying import obey_there, told, tries

GIVEN_S = 90.0  # for workers to come up on a busy machine


@pytest.fixture
def workers(plan):
    """Obeying workers of a cluster, once as many are there as are wanted."""
    with ExitStack() as stack:

        def crew(cluster, count=1, alike=None):
            client = stack.enter_context(connected(cluster.address))
            client.wait_for_workers(count, timeout=GIVEN_S)
            return ClusterWorkers(plan, client, alike or common_facts(client, plan.course.packages), obey_there)

        yield crew


@pytest.fixture
def graded(workers, cluster, tmp_path):
    """Grade submissions of these names; the answers by name, and which processes had each."""

    def run(*names):
        found = [Found(name, tmp_path / name) for name in names]
        answers = {answer.student: answer for answer in workers(cluster, 2).grade(found)}
        return answers, {each.student: tries(each.path) for each in found}

    return run


def test_every_submission_is_graded_once(graded):
    """Twenty submissions, two workers, each used again."""
    answers, pids = graded(*"abcdefghijklmnopqrst")
    assert sorted(answers) == list("abcdefghijklmnopqrst")
    assert all(answer.is_whole for answer in answers.values())
    assert len({pid for had in pids.values() for pid in had}) <= 2
    assert all(len(had) == 1 for had in pids.values())


def test_a_submission_whose_worker_died_is_graded_again(graded):
    """Another worker takes it, once; the others don't notice."""
    answers, pids = graded("a", "dies once", "b", "c")
    assert all(answer.is_whole for answer in answers.values())
    assert len(set(pids["dies once"])) == 2


def test_a_submission_whose_worker_dies_twice_is_our_fault(graded):
    """Every check is ungraded and says why; the run goes on."""
    answers, pids = graded("always dies", *"abcdef")
    ours = r"the grader failed, which is not the student's fault \(the worker tcp://127\.0\.0\.1:\d+ died\)"
    assert re.match(ours, told(answers["always dies"]))
    assert len(pids["always dies"]) == 2
    assert all(answers[name].is_whole for name in "abcdef")


def test_a_submission_with_ungraded_checks_is_graded_again(graded):
    """As by local workers."""
    answers, pids = graded("sick once", "always sick", "a")
    assert answers["sick once"].is_whole
    assert "(sick)" in told(answers["always sick"])
    assert len(pids["sick once"]) == len(pids["always sick"]) == 2


def test_what_fails_on_a_worker_is_our_fault(workers, cluster, tmp_path):
    """The sentence names the worker and the error."""
    [answer] = workers(cluster, 2).grade([Found("ada", tmp_path / "no folder" / "ada")])
    assert "(the worker tcp://127.0.0.1:" in told(answer)
    assert "FileNotFoundError" in told(answer)


def test_a_worker_that_hangs_is_left_alone(workers, new_cluster, tmp_path, monkeypatch):
    """Silence for longer than any submission may take counts as death; its next task goes to another worker."""
    for _ in range(3):
        new_cluster.add_worker()
    monkeypatch.setattr(module, "patience_s", lambda _: 3.0)
    found = [Found(name, tmp_path / name) for name in ("hangs", "a", "b")]
    answers = {answer.student: answer for answer in workers(new_cluster, 3).grade(found)}
    assert " did not answer)" in told(answers["hangs"])
    assert len(set(tries(tmp_path / "hangs"))) == 2
    assert answers["a"].is_whole
    assert answers["b"].is_whole


def test_submissions_are_asked_for_as_workers_become_free(workers, cluster, tmp_path):
    """A class that does not fit into memory is never listed as a whole."""
    asked = []

    def source():
        for name in "abcdef":
            asked.append(name)
            yield Found(name, tmp_path / name)

    answers = workers(cluster, 2).grade(source())
    next(answers)
    assert len(asked) <= 3
    answers.close()


def test_a_worker_that_comes_later_takes_part(workers, new_cluster, tmp_path):
    """And one that is stopped is not waited for."""
    first = new_cluster.add_worker()
    crew = workers(new_cluster)
    answers = crew.grade(Found(str(number), tmp_path / str(number)) for number in range(10**6))
    next(answers)
    new_cluster.add_worker()
    first_pids = set(tries(tmp_path / "0"))
    while not set(tries(tmp_path / next(answers).student)) - first_pids:
        pass
    first.terminate()
    first.wait()
    for _ in range(10):
        assert next(answers).is_whole
    answers.close()


def test_a_scheduler_that_vanishes(workers, new_cluster, tmp_path):
    """The sentence says what to do; what was graded before was given out."""
    new_cluster.add_worker()
    answers = workers(new_cluster).grade(Found(str(number), tmp_path / str(number)) for number in range(10**6))
    assert [next(answers).student for _ in range(5)] == [str(number) for number in range(5)]
    new_cluster.scheduler.kill()
    with pytest.raises(MachineError, match=r"the scheduler tcp://127.* can't be reached any more: start it .* is kept"):
        list(answers)


def test_no_worker_is_left(workers, new_cluster, tmp_path, monkeypatch):
    """The sentence says what to do."""
    only = new_cluster.add_worker("--no-nanny")
    answers = workers(new_cluster).grade(Found(str(number), tmp_path / str(number)) for number in range(10**6))
    next(answers)
    monkeypatch.setattr(module, "_WORKERLESS_S", 1.0)
    only.kill()
    with pytest.raises(MachineError, match=r"has no worker left that can grade: start some like those .* is kept"):
        list(answers)


def test_a_worker_unlike_the_others_gets_nothing(workers, cluster, plan, tmp_path, monkeypatch):
    """Here all are, and so none is left."""
    monkeypatch.setattr(module, "_WORKERLESS_S", 1.0)
    here = facts(plan.course.packages)
    other = type(here)(machine=here.machine, software=here.software | {"numpy": "1.0"})
    told = r"no worker left that can grade \(tcp://.*: it has numpy .*, and the others have numpy 1\.0\): start some"
    with pytest.raises(MachineError, match=told):
        list(workers(cluster, 2, other).grade([Found("a", tmp_path / "a")]))
    assert not (tmp_path / "a").exists()
    with pytest.raises(MachineError, match=r"^it has numpy .*, and the others have numpy 1\.0"):
        module._bench(plan, other)


def test_workers_are_compared_in_all_that_was_asked_about(plan):
    """Also in packages that only the notebooks' kernel needs, not the course."""
    assert isinstance(module._bench(plan, facts([*plan.course.packages, "ipython"])), Bench)
