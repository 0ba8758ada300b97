"""A tiny course with its untouched workspaces, and submissions made of them."""

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.grading.planning import make_plan, untouched_workspaces
from autograder.model.kernel import KernelName
from autograder.sandbox.machine import probe
from autograder.sandbox.warm import Sandbox
from tests.tiny_course import write_course


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """The tiny course: a package `pocket` with the student's module `purse.py`, and one lesson."""
    no_plots = ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "pass")
    return load_course(write_course(tmp_path_factory.mktemp("tiny"), no_plots))


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


@pytest.fixture(scope="session")
def level():
    """The strongest isolation that this machine has."""
    return probe().level


@pytest.fixture(scope="session")
def plan(course, level):
    """A plan of the tiny course, with another seed than a workspace's."""
    return make_plan(course, level, seed=7)


@pytest.fixture(scope="session")
def sandbox(course, level):
    """A warm parent that can execute notebooks."""
    with Sandbox(course.packages, level, kernel=KernelName.QUICK) as opened:
        yield opened
