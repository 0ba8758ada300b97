"""A disk that fills in the middle of a run: a sentence, and every grade already given still there."""

import os
import shutil
import subprocess
import sys

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from tests.tiny_course import write_course

COMMAND = [sys.executable, "-c", "from autograder.cli.main import main; main()", "grade", "in", "--jobs", "1"]
STUDENTS = 12


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a file system that holds the reports of a part of the class."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small file system")
    command = [mount, "-t", "tmpfs", "-o", "size=320k", "tmpfs", folder]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let us mount a file system")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def run(tmp_path):
    """Grade a dozen submissions into a folder."""
    course = load_course(write_course(tmp_path))
    for path, data in workspace_files(course, edition_of(course, "en")).items():
        for number in range(STUDENTS):
            file = tmp_path / "in" / f"student-{number:02}" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def grade(out):
        return subprocess.run(
            [*COMMAND, "--out", out], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=200
        )

    return grade


def test_what_was_graded_before_the_disk_was_full_is_kept(run, small_disk):
    """The run ends with one sentence; with more room the next one completes it."""
    ended = run(small_disk)
    assert ended.returncode == 3, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "make room" in ended.stderr
    graded = {file.stem for file in small_disk.glob("results/*.json")}
    assert graded
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    again = run(small_disk)
    assert again.returncode == 0, again.stderr
    assert len({file.stem for file in small_disk.glob("results/*.json")} | graded) == STUDENTS
