"""A class that lies in a store is graded from there, and reported on to there."""

import io
import zipfile
from uuid import uuid4

import pytest

from autograder.gradebook.store import Gradebook, file_url
from autograder.grading.grader import grade
from autograder.grading.intake import Found
from autograder.grading.places import require_writable, write
from autograder.grading.run import grade_class, gradebook_of, require_apart
from autograder.grading.sources.discovery import discover, unpacked
from autograder.grading.stores import Remote
from autograder.grading.tree import opened
from autograder.model.errors import MachineError, UsageError


class InThisProcess:
    """An executor without workers: a store in memory has no others."""

    def __init__(self, plan, sandbox):
        self.plan, self.sandbox = plan, sandbox

    def grade(self, submissions):
        """Each graded when it is asked for."""
        return (grade(found, self.plan, self.sandbox) for found in submissions)


@pytest.fixture
def store():
    """A folder in a store that only this test has."""
    return Remote(f"memory://class-{uuid4()}")


@pytest.fixture
def submissions(store, answers, workspaces):
    """A folder, a zip, a zip in a folder, an essay."""
    for path, data in answers.items():
        (store / f"ada/{path}").write_bytes(data)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, data in workspaces["zh"].items():
            archive.writestr(path, data)
    (store / "bob.zip").write_bytes(packed.getvalue())
    (store / "cleo/work.zip").write_bytes(packed.getvalue())
    (store / "eve/essay.txt").write_bytes(b"")
    (store / "roster.csv").write_bytes(b"")
    return store


def test_a_class_elsewhere_is_graded_as_one_on_disk(submissions, plan, sandbox, tmp_path):
    """Folders and zips, and a zip in a folder; the reports land in the store, the gradebook here."""
    discovery = discover(submissions)
    assert discovery.notices == ("roster.csv: neither a folder nor an archive, left aside",)
    out = Remote(f"memory://out-{uuid4()}")
    require_writable(out)
    executor = InThisProcess(plan, sandbox)
    with Gradebook(file_url(tmp_path / "book.db")) as book:
        results = grade_class(discovery.submissions, plan, out, executor, lambda _: None, book=book)
    assert [(each.student, each.score) for each in results] == [("ada", 1), ("bob", 0), ("cleo", 0), ("eve", 0)]
    assert {"index.html", "results/ada.json", "feedback/eve.html", "students/bob.html"} <= set(out.files())
    assert "钱包" in (out / "feedback/cleo.html").read_bytes().decode()
    assert b"eve holds none of the course" in (out / "results/eve.json").read_bytes()


def test_an_export_elsewhere_is_recognised(store):
    """A bulk download of Canvas lies in a store as it does on disk."""
    (store / "lovelaceada_LATE_4711_90210_work.zip").write_bytes(b"")
    with unpacked(store) as folder:
        [found] = discover(folder).submissions
    assert (found.student, found.is_late) == ("lovelaceada_4711", True)


def test_a_folder_elsewhere_that_is_not_there(store):
    """The sentence says what is missing."""
    with pytest.raises(UsageError, match=r"memory://class-.*: can't be read \(.*\); name the folder of submissions"):
        discover(store)


def test_a_submission_that_is_gone_is_no_students_fault(store, tmp_path, plan, sandbox):
    """Neither elsewhere nor here: all its checks are ungraded, and the sentence says where it should be."""
    for path in (store / "ada", store / "ada.zip", tmp_path / "ada", tmp_path / "ada.zip"):
        assert not grade(Found("ada", path), plan, sandbox).is_whole
    with (
        pytest.raises(MachineError, match="is not there any more, or not on the machine that grades; put the sub"),
        opened(tmp_path / "ada.zip"),
    ):
        pass


def test_a_store_can_not_hold_the_gradebook(store, tmp_path):
    """The sentence says where it can lie."""
    with pytest.raises(UsageError, match=r"can't hold the gradebook, which is a database: name a file .*--gradebook"):
        gradebook_of(store)
    assert gradebook_of(tmp_path) == file_url(tmp_path / "gradebook.db")


def test_reports_must_not_lie_among_the_submissions_elsewhere(store, tmp_path):
    """As on disk."""
    with pytest.raises(UsageError, match="lies inside the folder of submissions"):
        require_apart(store, Remote(f"{store}/out"))
    require_apart(store, Remote(f"{store}-out"))
    require_apart(store, tmp_path)


def test_a_store_that_refuses_what_is_written(store):
    """The sentence names the place, before anything is graded and later."""
    nowhere = Remote("zip://reports::memory://nowhere.zip")
    with pytest.raises(UsageError, match=r"can't be written \(.*\); name another folder with --out"):
        require_writable(nowhere)
    with pytest.raises(MachineError, match=r"can't be written \(.*\); make room or rights, and grade again"):
        write(nowhere, b"")
