"""`autograder export container`, and grading as its container does, where what a container refuses is refused."""

import json
import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from tests.sandbox.test_machine import DOCKER, LANDLOCK, is_root
from tests.tiny_course import write_course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()", "export", "container"]
REPOSITORY = str(Path(__file__).parents[2])
NUMBERS = {"DAC_OVERRIDE": 1, "KILL": 5, "SETGID": 6, "SETUID": 7}  # Source: include/uapi/linux/capability.h
# Becomes what a container's first process is, as far as the kernel refuses things to it, and runs a command.
CONTAINED = """
import json, os, sys
from autograder.sandbox.inside import limits, seccomp
from autograder.sandbox.inside.system import prctl
capabilities, refused, command = json.loads(sys.argv[1])
capability = 0
while limits._is_known(capability):
    if capability not in capabilities:
        prctl(limits.PR_CAPBSET_DROP, capability)
    capability += 1
seccomp.install(seccomp.program(refused, [("clone", 0, seccomp.ANY_BIT, seccomp.NEW_NAMESPACES)]))
os.execv(command[0], command)
"""


@pytest.fixture
def exported(tmp_path):
    """The tiny course's container: its folder, and the command that was printed."""
    write_course(tmp_path, ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "pass"))
    ended = export(tmp_path)
    assert ended.returncode == 0, ended.stderr
    told, command = ended.stdout.splitlines()
    assert told == "container: written; it holds the solutions. Grade the folder `submissions` into `report` with:"
    return tmp_path / "container", command


def export(folder):
    """Run the command beside the course."""
    return subprocess.run(COMMAND, cwd=folder, capture_output=True, text=True, check=False, timeout=100)


def instructions(folder, name):
    """What follows an instruction of the Dockerfile, in order."""
    return re.findall(rf"^{name} (.*)$", (folder / "Dockerfile").read_text(), re.MULTILINE)


def values(command, option):
    """What an option of a command is given, each time."""
    return [value for before, value in pairwise(shlex.split(command)) if before == option]


def hand_in(folder):
    """One student who has answered all and one who has answered nothing."""
    course = load_course(folder / "course")
    for student, answers in (("ada", True), ("bob", False)):
        for path, data in workspace_files(course, edition_of(course, "en", answers=answers)).items():
            file = folder / "submissions" / student / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def contained(exported, folder, refused=DOCKER):
    """Run what the container runs, with what its command grants, and its places in this folder."""
    container, command = exported
    granted = [NUMBERS[name] for name in values(command, "--cap-add")]
    start, arguments = (json.loads(*instructions(container, name)) for name in ("ENTRYPOINT", "CMD"))
    places = [f"{folder}{word}" if word.startswith("/") else word for word in arguments]
    run = [granted, refused, [sys.executable, *start[1:], *places]]
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {REPOSITORY!r}){CONTAINED}", json.dumps(run)],
        env={**os.environ, "PYTHONPATH": str(container / "machine")},
        cwd=container / "course",
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )


def test_the_dockerfile_copies_what_is_there(exported):
    """Each folder that it names lies beside it; Python is of the version that the packages' versions are for."""
    container, _ = exported
    assert instructions(container, "FROM") == [f"python:{sys.version_info.major}.{sys.version_info.minor}-slim"]
    assert instructions(container, "USER") == ["root"]
    copied = {line.split()[0] for line in instructions(container, "COPY")}
    assert copied == {"requirements.txt", "machine", "course", "solutions"}
    assert all((container / name).exists() for name in copied)
    assert "numpy==" in (container / "requirements.txt").read_text()


def test_the_command_grants_as_little_as_will_do(exported):
    """No network, no way to more rights, the submissions read-only, and nothing of the host but two folders."""
    _, command = exported
    assert command.startswith("docker run ")
    assert "--privileged" not in command
    assert values(command, "--network") == ["none"]
    assert values(command, "--cap-drop") == ["ALL"]
    assert values(command, "--security-opt") == ["no-new-privileges"]
    assert values(command, "-v") == ["$PWD/submissions:/submissions:ro", "$PWD/report:/report"]
    assert command.endswith('$(docker build --quiet "container")')


@pytest.mark.sandbox
@is_root
def test_the_container_grades_at_its_level(exported, tmp_path):
    """Where namespaces and all capabilities but the granted ones are refused, points are as they should be."""
    hand_in(tmp_path)
    ended = contained(exported, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert f"isolation level uid+landlock; report: {tmp_path}/report/index.html" in ended.stdout
    assert (tmp_path / "report" / "scores.csv").read_text() == "student,purse,total,max\nada,1,1,1\nbob,0,0,1\n"


@pytest.mark.sandbox
@is_root
def test_a_container_without_landlock_refuses(exported, tmp_path):
    """As on a host whose kernel lacks it: the sentence says so, and no student code runs."""
    hand_in(tmp_path)
    ended = contained(exported, tmp_path, LANDLOCK)
    assert ended.returncode == 3
    assert "isolation level none" in ended.stderr
    assert "landlock_create_ruleset" in ended.stderr


def test_it_may_be_exported_again(exported, tmp_path):
    """What was written is replaced, what was changed is not."""
    assert export(tmp_path).returncode == 0
    (exported[0] / "Dockerfile").write_text("FROM scratch\n")
    ended = export(tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "container: holds files that a new workspace would overwrite" in ended.stderr
