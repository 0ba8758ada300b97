"""The machine is tried for real; what is missing is named with its remedy, and never taken for a boundary."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.inside import seccomp
from autograder.sandbox.level import Level
from autograder.sandbox.machine import REMEDIES, probe
from autograder.sandbox.warm import MissingMeansError

PROBE = """
import json, sys
from autograder.sandbox.inside import seccomp
from autograder.sandbox.machine import probe
refused, arguments = json.loads(sys.argv[1])
if refused or arguments:
    seccomp.install(seccomp.program(refused, arguments))
machine = probe()
print(json.dumps([machine.level, machine.findings]))
"""
REPOSITORY = str(Path(__file__).parents[2])
DOCKER = ("unshare", "mount", "umount2", "pivot_root", "setns", "mount_setattr", "fsopen", "open_tree")
NEW_NAMESPACES = ("clone", 0, seccomp.ANY_BIT, seccomp.NEW_NAMESPACES)
NEW_FILTERS = ("prctl", 0, seccomp.EQUAL, seccomp.PR_SET_SECCOMP)
LANDLOCK = ("landlock_create_ruleset",)
is_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def probed(refused=(), arguments=(), uid=None):
    """What `probe` says in a process that the kernel refuses these calls to."""
    command = [sys.executable, "-c", PROBE, json.dumps([refused, arguments])]
    if uid is not None:
        command = [sys.executable, f"{REPOSITORY}/tests/sandbox/as_user.py", str(uid), *command]
    environment = {**os.environ, "PYTHONPATH": REPOSITORY}
    done = subprocess.run(command, capture_output=True, timeout=60, check=True, text=True, env=environment, cwd="/")
    level, findings = json.loads(done.stdout)
    return Level(level), findings


@pytest.mark.sandbox
def test_this_machine_has_namespaces():
    """Where the mark's tests run at all, nothing is missing."""
    assert probed() == (Level.NAMESPACES, [])


@pytest.mark.sandbox
@is_root
def test_a_container_has_fresh_users():
    """What plain Docker refuses leaves level uid+landlock, and the finding says what the better one needs."""
    level, (finding,) = probed(DOCKER, [NEW_NAMESPACES])
    assert level is Level.UID_LANDLOCK
    assert finding.startswith("Level namespaces is not to be had: unshare: Operation not permitted.")
    assert "user.max_user_namespaces" in finding


@pytest.mark.sandbox
@is_root
def test_a_kernel_without_landlock_has_nothing():
    """Both levels need Landlock; each finding says so."""
    level, findings = probed(LANDLOCK)
    assert level is Level.NONE
    assert len(findings) == 2
    assert all("landlock_create_ruleset" in finding and "Linux 5.13" in finding for finding in findings)


@pytest.mark.sandbox
@is_root
def test_a_kernel_without_seccomp_has_nothing():
    """Both levels need its filters; each finding says so."""
    level, findings = probed(arguments=[NEW_FILTERS])
    assert level is Level.NONE
    assert len(findings) == 2
    assert all("prctl: Operation not permitted. It needs a Linux kernel with seccomp" in each for each in findings)


@pytest.mark.sandbox
@is_root
@pytest.mark.parametrize("name", ["unshare", "landlock_restrict_self", "capset", "mount_setattr", "pivot_root"])
def test_whatever_is_refused_is_named(name):
    """A means that fails late, in the child itself, is found as well as one that fails in the parent."""
    level, findings = probed((name,))
    assert level is (Level.NONE if name.startswith("landlock") else Level.UID_LANDLOCK)
    assert findings[0].startswith(f"Level namespaces is not to be had: {name}: Operation not permitted.")


@pytest.mark.sandbox
@is_root
def test_a_grader_that_is_not_root_has_namespaces():
    """It needs no right that others lack."""
    assert probed(uid=54321) == (Level.NAMESPACES, [])


@pytest.mark.sandbox
@is_root
def test_a_grader_in_a_container_that_is_not_root_has_nothing():
    """Fresh users are root's to give."""
    level, findings = probed(DOCKER, [NEW_NAMESPACES], uid=54321)
    assert level is Level.NONE
    assert "only root can give a process another user" in findings[1]
    assert "started as root" in findings[1]


@pytest.mark.parametrize("means", [*REMEDIES, "another"])
def test_each_means_has_a_remedy(means):
    """A finding ends with what to do."""

    def refuse(level):
        raise MissingMeansError(level, means, "x: no")

    machine = probe(refuse)
    assert machine.level is Level.NONE
    assert [finding.split(":")[0] for finding in machine.findings] == [
        "Level namespaces is not to be had",
        "Level uid+landlock is not to be had",
    ]
    assert all(REMEDIES.get(means, "start the command again") in finding for finding in machine.findings)


@pytest.mark.parametrize("system", ["Darwin", "Windows"])
def test_another_system_has_nothing_and_is_told_of_the_container(monkeypatch, system):
    """Nothing is tried that could not be there."""
    monkeypatch.setattr(platform, "system", lambda: system)
    machine = probe(lambda level: pytest.fail(f"{level} was tried"))
    assert machine.level is Level.NONE
    (finding,) = machine.findings
    assert finding == (
        f"Student code is isolated by means of Linux, and this is {system}: `autograder export container` writes a"
        " container that grades here."
    )
