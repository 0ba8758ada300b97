"""The way to a scheduler: what is wrong with it or its workers is told before anything is graded."""

import msgspec
import pytest

pytest.importorskip("distributed", reason="needs the extra `cluster`")

from autograder.grading.executors.facts import facts
from autograder.grading.executors.scheduler import agreed, common_facts, connected
from autograder.model.errors import MachineError, UsageError

HERE = facts(["numpy"])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x", "127.0.0.1:1"])
def test_no_scheduler_answers(address):
    """The sentence says how to start one."""
    with (
        pytest.raises(UsageError, match=r"no scheduler answers there \(.*\); start one with `dask scheduler`"),
        connected(address, timeout_s=0.5),
    ):
        pass


def test_a_scheduler_without_workers(new_cluster):
    """The sentence says how to start some."""
    with (
        connected(new_cluster.address) as client,
        pytest.raises(MachineError, match=r"the scheduler tcp://.* has no workers: start some with `dask worker tcp:"),
    ):
        common_facts(client, (), timeout_s=0.5)


def test_workers_of_this_machine_are_like_it(cluster):
    """Whatever it has."""
    with connected(cluster.address) as client:
        assert common_facts(client, ("numpy",), timeout_s=90) == HERE


def test_workers_that_differ_are_named():
    """Nothing is graded, since results could differ."""
    other = msgspec.structs.replace(HERE, software=HERE.software | {"numpy": "1.0"})
    told = {"tcp://b": msgspec.json.encode(other), "tcp://a": msgspec.json.encode(HERE)}
    with pytest.raises(
        MachineError, match=r"the worker tcp://a has numpy .*, and tcp://b has numpy 1\.0: make them alike"
    ):
        agreed(told)


def test_a_worker_without_the_autograder():
    """The sentence says what to install."""
    with pytest.raises(MachineError, match=r"the worker tcp://a can't grade \(ModuleNotFoundError: no x\): install"):
        agreed({"tcp://a": ModuleNotFoundError("no x")})
