"""Where submissions are graded, as the command line chooses it."""

import subprocess
import sys

import pytest

from autograder.cli.workforce import local, workforce
from autograder.grading.executors.local import LocalWorkers
from autograder.model.errors import UsageError
from autograder.sandbox.machine import probe


def test_processes_of_this_machine_unless_a_scheduler_is_named():
    """As many as were asked for, and no more than there are submissions."""
    with workforce(3, None, ()) as workers:
        assert workers.machine == probe()
        assert vars(workers.executor(None, 2))["_jobs"] == 2
        assert isinstance(local(None, ()).executor(None, 9), LocalWorkers)


def test_a_cluster_needs_its_extra(monkeypatch):
    """The sentence says how to get it."""
    for name in [name for name in sys.modules if name.startswith("autograder.grading.executors.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(UsageError, match=r"--scheduler needs .*, which is not installed: `pip install '.*\[cluster\]'`"),
        workforce(None, "tcp://127.0.0.1:1", ()),
    ):
        pass


def test_dask_and_fsspec_are_not_imported_without_need():
    """A class on disk, graded here, does not wait for them."""
    program = (
        "import sys; from autograder.cli.workforce import workforce; import autograder.grading.run\n"
        "with workforce(1, None, ()): print({'distributed', 'dask', 'fsspec'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "set()\n"
