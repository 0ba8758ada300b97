"""A tiny course with its untouched workspaces, and submissions made of them."""

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.grading.plan import untouched_workspaces
from tests.tiny_course import write_course


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """The tiny course: a package `pocket` with the student's module `purse.py`, and one lesson."""
    return load_course(write_course(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="session")
def workspaces(course):
    """The untouched workspaces, by language."""
    return untouched_workspaces(course)


@pytest.fixture(scope="session")
def answers(course):
    """The English workspace, all answered."""
    return workspace_files(course, edition_of(course, "en", answers=True))


@pytest.fixture
def hand_in(tmp_path):
    """Write files into the folder of a student; without the value, the file is left out."""

    def write(files, student="ada", base=""):
        for name, data in files.items():
            path = tmp_path / "submissions" / student / base / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return tmp_path / "submissions" / student

    return write
