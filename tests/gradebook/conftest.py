"""Gradebooks on SQLite and on a real PostgreSQL, and what is put into them."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from autograder.gradebook.attempt import Attempt
from autograder.gradebook.store import Gradebook, file_url
from autograder.model.check import Check, Truth, Visibility
from autograder.model.course import Course, Exercise, Target, Unit
from autograder.model.verdict import Outcome, Verdict
from tests.postgres import serving

WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server."""
    with serving() as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request, tmp_path):
    """Where a gradebook may be made, on each kind of database."""
    if request.param == "sqlite":
        return file_url(tmp_path / "gradebook.db")
    return request.getfixturevalue("server").new_database()


@pytest.fixture
def gradebook(url):
    """An empty gradebook."""
    with Gradebook(url) as opened:
        yield opened


@pytest.fixture
def at_once():
    """Let four people do something at the same moment; what comes of each."""

    def run(work):
        start = threading.Barrier(4)

        def begun(name):
            start.wait()
            return work(name)

        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(begun, ("ada", "bob", "cy", "di")))

    return run


@pytest.fixture
def attempt():
    """Make an attempt with one verdict."""

    def make(student="ada", outcome=Outcome.PASSED, **changes):
        fields = {
            "student": student,
            "submission_digest": "a" * 64,
            "course_digest": "c" * 64,
            "level": "namespaces",
            "seed": 2**62,
            "verdicts": (Verdict(check="edge::t", outcome=outcome),),
            "findings": (),
            "graded_at": WHEN,
        }
        return Attempt(**fields | changes)

    return make


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course of one unit with one exercise."""
    exercise = Exercise(id="edge.new", unit="edge", target=Target(file="p/edge.py", qualname="Edge"))
    folder = tmp_path_factory.mktemp("course")
    unit = Unit(id="edge", title={"en": "Edges"}, exercises=(exercise,))
    return Course(
        id="c", title={"en": "C"}, languages=("en",), package="p", root=folder, solutions=folder, units=(unit,)
    )


@pytest.fixture(scope="session")
def checks():
    """The hidden check of that exercise, of two points."""
    return (
        Check(
            id="edge::t",
            exercise="edge.new",
            title="An edge.",
            visibility=Visibility.HIDDEN,
            points=2.0,
            truth=Truth.REFERENCE,
            file="checks/test_edge.py",
            line=1,
            source="",
            function="t",
        ),
    )
