"""The gradebook keeps what it was given, and says what to do when it can't."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from autograder.gradebook.attempt import Evidence, Execution, Judgement
from autograder.gradebook.packing import packed
from autograder.gradebook.store import Gradebook, file_url
from autograder.model.errors import MachineError, UsageError
from autograder.model.submission import Finding, Receipt, Severity
from autograder.model.transcript import Count, Entry, Transcript
from autograder.model.verdict import Cause, Difference, Outcome, Verdict
from tests.gradebook.conftest import WHEN


@pytest.fixture
def path(tmp_path):
    """Where a gradebook may be made."""
    return tmp_path / "gradebook.db"


def test_what_was_stored_comes_back_the_same(url, attempt):
    """A verdict with its difference, a finding and the evidence survive the way through the database."""
    cause = Cause(message="{a}", values={"a": "1"}, difference=Difference(path="x.grad", expected="2", found=None))
    finding = Finding(severity=Severity.NOTE, file="mytorch/edge.py", message="é")
    seen = Transcript(entries=(Entry(line=2, observation=Count(count=1)),), output="\0 好")
    judgements = (Judgement(check="edge::t", address="a1", transcript=seen), Judgement(check="edge::u"))
    executed = Execution(address="a2", notebooks={"lessons/01.ipynb": b"\x00{}"}, findings=(finding,))
    evidence = Evidence(judgements=judgements, execution=executed)
    new = attempt(
        verdicts=(Verdict(check="edge::t", outcome=Outcome.FAILED, cause=cause, cpu_s=0.5),),
        findings=(finding,),
        graded_by="grace",
        key="k" * 64,
        receipt=Receipt(number=3, is_late=True, received_at=WHEN),
    )
    with Gradebook(url) as gradebook:
        stored = gradebook.store(new, packed(evidence))
    with Gradebook(url) as gradebook:
        assert list(gradebook.latest()) == [stored] == [replace(new, id=stored.id)]
        assert gradebook.evidence(stored.id) == evidence
        assert gradebook.seed() == new.seed


def test_the_newest_attempt_counts_and_the_older_ones_stay(gradebook, attempt):
    """Students come in the order of their names, each with the attempt stored last."""
    old, new, other = map(gradebook.store, (attempt("bob", Outcome.FAILED), attempt("bob"), attempt("ada")))
    assert list(gradebook.latest()) == [other, new]
    assert list(gradebook.of("bob")) == [old, new]
    assert (gradebook.last("bob"), gradebook.last("zoe")) == (new, None)
    assert gradebook.last_of(["bob", "zoe"]) == {"bob": new}


def test_an_attempt_that_says_nothing_new_is_not_appended(gradebook, attempt):
    """Whenever it was made, by whom, and however long it took; the newest is what counts as known."""
    old = gradebook.store(attempt(graded_by="ada"), b"old")
    slower = (Verdict(check="edge::t", outcome=Outcome.PASSED, cpu_s=2.0),)
    assert gradebook.store(attempt(graded_by="bob", graded_at=WHEN + timedelta(1), verdicts=slower), b"new") == old
    assert gradebook.packed_evidence(old.id) == b"old"
    other, again = map(gradebook.store, (attempt(outcome=Outcome.FAILED), attempt()))
    assert list(gradebook.of("ada")) == [old, other, again]


def test_graders_that_find_the_same_at_once_append_it_once(url, attempt, at_once):
    """Whichever is first; the others get its attempt."""
    students = [f"student {number}" for number in range(20)]

    def grade(name):
        with Gradebook(url) as gradebook:
            return [gradebook.store(attempt(student, graded_by=name)) for student in students]

    first, *others = at_once(grade)
    assert others == [first] * 3
    with Gradebook(url) as gradebook:
        assert [len(list(gradebook.of(student))) for student in students] == [1] * 20


def test_what_was_stored_is_there_for_another_process_at_once(path: Path, attempt):
    """An attempt is on disk when `store` returns, so that a killed run loses none."""
    gradebook = Gradebook(file_url(path))
    gradebook.store(attempt())
    with sqlite3.connect(path) as other:
        assert other.execute("select student from attempts").fetchall() == [("ada",)]
    other.close()
    gradebook.close()


def test_a_locked_gradebook_names_the_remedy(path: Path, attempt):
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


def test_a_damaged_record_is_told(path: Path, attempt):
    """A verdict that is no JSON names the gradebook as damaged."""
    with Gradebook(file_url(path)) as gradebook:
        gradebook.store(attempt())
        _sql(path, "update attempts set verdicts = 'nonsense'")
        with pytest.raises(MachineError, match="the file is damaged: keep a copy"):
            list(gradebook.latest())


def test_an_unknown_fault_keeps_the_drivers_words(path: Path, attempt):
    """A missing table gives the database's own words, and a MachineError."""
    with Gradebook(file_url(path)) as gradebook:
        _sql(path, "drop table attempts")
        with pytest.raises(MachineError, match="failed: no such table: attempts; what was stored before"):
            gradebook.store(attempt())


def _sql(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
