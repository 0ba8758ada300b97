"""The gradebook keeps what it was given, and says what to do when it can't."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.gradebook.attempt import Attempt
from autograder.gradebook.store import Gradebook, file_url
from autograder.model.errors import MachineError, UsageError
from autograder.model.submission import Finding, Severity
from autograder.model.verdict import Cause, Difference, Outcome, Verdict

WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def attempt(student="ada", outcome=Outcome.PASSED, **changes):
    """An attempt with one verdict."""
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


@pytest.fixture
def path(tmp_path):
    """Where a gradebook may be made."""
    return tmp_path / "gradebook.db"


def test_what_was_stored_comes_back_the_same(path: Path):
    """A verdict with its difference and a finding survive the way through the database."""
    cause = Cause(message="{a}", values={"a": "1"}, difference=Difference(path="x.grad", expected="2", found=None))
    stored = attempt(
        verdicts=(Verdict(check="edge::t", outcome=Outcome.FAILED, cause=cause, cpu_s=0.5),),
        findings=(Finding(severity=Severity.NOTE, file="mytorch/edge.py", message="é"),),
    )
    with Gradebook(file_url(path)) as gradebook:
        gradebook.store(stored)
    with Gradebook(file_url(path)) as gradebook:
        assert list(gradebook.latest()) == [stored]


def test_the_newest_attempt_counts_and_the_older_ones_stay(path: Path):
    """Students come in the order of their names, each with the attempt stored last."""
    old, new, other = attempt("bob", Outcome.FAILED), attempt("bob"), attempt("ada")
    with Gradebook(file_url(path)) as gradebook:
        for each in (old, new, other):
            gradebook.store(each)
        assert list(gradebook.latest()) == [other, new]
        assert list(gradebook.of("bob")) == [old, new]


def test_what_was_stored_is_there_for_another_process_at_once(path: Path):
    """An attempt is on disk when `store` returns, so that a killed run loses none."""
    gradebook = Gradebook(file_url(path))
    gradebook.store(attempt())
    with sqlite3.connect(path) as other:
        assert other.execute("select student from attempts").fetchall() == [("ada",)]
    other.close()
    gradebook.close()


def test_a_gradebook_of_a_newer_autograder_is_left_alone(path: Path):
    """A higher schema version names both versions and the remedy."""
    Gradebook(file_url(path)).close()
    _sql(path, "update schema_version set version = 99")
    with pytest.raises(UsageError, match=r"newer autograder \(schema 99, this one knows 1\): install the newer one"):
        Gradebook(file_url(path))


def test_another_programs_database_is_left_alone(path: Path):
    """A database with other tables is not written to."""
    _sql(path, "create table recipes (name text)")
    with pytest.raises(UsageError, match="but not a gradebook: move it away"):
        Gradebook(file_url(path))


def test_a_locked_gradebook_names_the_remedy(path: Path):
    """A gradebook that another program holds is a MachineError, and keeps what it had."""
    with Gradebook(file_url(path) + "?timeout=0.01") as gradebook:
        gradebook.store(attempt())
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("begin exclusive")
        with pytest.raises(MachineError, match="another program holds it: close that program"):
            gradebook.store(attempt("bob"))
        holder.close()
        assert [each.student for each in gradebook.latest()] == ["ada"]


def test_a_file_that_is_no_database(path: Path):
    """Text where the gradebook should be is named, and not overwritten."""
    path.write_text("my notes, all of them " * 100)
    with pytest.raises(UsageError, match="it is not a gradebook: move the file away"):
        Gradebook(file_url(path))
    assert path.read_text().startswith("my notes")


def test_a_folder_that_is_not_there(tmp_path: Path):
    """A gradebook in a missing folder says that it can't be opened."""
    with pytest.raises(UsageError, match="can't be opened: see that its folder exists"):
        Gradebook(file_url(tmp_path / "nowhere" / "gradebook.db"))


def test_a_damaged_record_is_told(path: Path):
    """A verdict that is no JSON names the gradebook as damaged."""
    with Gradebook(file_url(path)) as gradebook:
        gradebook.store(attempt())
        _sql(path, "update attempts set verdicts = 'nonsense'")
        with pytest.raises(MachineError, match="the file is damaged: keep a copy"):
            list(gradebook.latest())


def test_an_unknown_fault_keeps_the_drivers_words(path: Path):
    """A missing table gives the database's own words, and a MachineError."""
    with Gradebook(file_url(path)) as gradebook:
        _sql(path, "drop table attempts")
        with pytest.raises(MachineError, match="failed: no such table: attempts; what was stored before"):
            gradebook.store(attempt())


def _sql(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
