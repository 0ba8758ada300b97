"""The demo's submissions: a workspace with answers and, in most of them, one known mistake."""

import shutil
import tomllib
from pathlib import Path

import msgspec

from autograder.build.edition import edition_of
from autograder.build.grafting import graft, grafted_module
from autograder.build.reading import text_of
from autograder.build.stubs import Level
from autograder.build.workspace import build_workspace, workspace_files
from autograder.grading.plan import Plan
from autograder.model.course import Course
from autograder.model.errors import CourseError, UsageError
from autograder.model.record import Record

FILE = "demo.toml"  # of the solutions: which submissions to make
MARK = ".autograder-demo"  # a folder that holds this file is a demo's, to be replaced by the next one
NO_NOTEBOOK = b"this is not JSON\n"


class DemoSubmission(Record, frozen=True):
    """One submission of the demo."""

    student: str
    answers: bool = True
    change: str | None = None  # a file of the mutants: "node/drops_empty_edges.py"
    broken: str | None = None  # a file that is overwritten: "lessons/01_first_graph.ipynb"


class _DemoFile(Record, frozen=True):
    submission: tuple[DemoSubmission, ...]


def read_demo(course: Course) -> tuple[DemoSubmission, ...]:
    """The submissions that the course's solutions name for the demo.

    Raises:
        CourseError: `demo.toml` is missing or wrong.
    """
    file = course.solutions / FILE
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _DemoFile).submission
    except OSError as error:
        raise CourseError(
            f"{file}: can't be read ({error.strerror}); a demo needs it to name its submissions"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise CourseError(f"{file}: {error}") from error


def clear(out: Path) -> None:
    """Make a folder ready for a demo: new, empty, or in the place of an earlier demo.

    Raises:
        UsageError: it holds something else, or can't be written.
    """
    try:
        if out.is_dir() and (out / MARK).is_file():
            shutil.rmtree(out)
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise UsageError(f"{out}: holds something that is no demo; name another folder with --out")
        out.mkdir(parents=True, exist_ok=True)
        (out / MARK).touch()
    except OSError as error:
        raise UsageError(f"{out}: can't be written ({error.strerror}); name another folder with --out") from error


def write_demo(plan: Plan, demo: tuple[DemoSubmission, ...], out: Path) -> Path:
    """Write a workspace as students get it, and the submissions; the folder that holds these.

    Raises:
        CourseError: a submission names a file that isn't there, or the course is wrong.
    """
    edition = edition_of(plan.course, plan.course.languages[0], Level.GUIDED)
    build_workspace(plan.course, edition, out / "workspace", lambda checks: {c.id: plan.expected[c.id] for c in checks})
    submissions = out / "submissions"
    for each in demo:
        for path, data in demo_files(plan.course, each).items():
            file = submissions / each.student / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return submissions


def demo_files(course: Course, submission: DemoSubmission) -> dict[str, bytes]:
    """The files of one submission.

    Raises:
        CourseError: the submission names a file that isn't there.
    """
    edition = edition_of(course, course.languages[0], Level.GUIDED, answers=submission.answers)
    files = workspace_files(course, edition)
    if submission.change is not None:
        changes = course.solutions / "mutants" / submission.change
        target = grafted_module(course, changes)
        if not changes.is_file() or target not in files:
            raise CourseError(f"{course.solutions / FILE}: {submission.student}: no mutant of a module is {changes}")
        files[target] = graft(files[target].decode(), text_of(changes), str(changes)).encode()
    if submission.broken is not None:
        if submission.broken not in files:
            raise CourseError(f"{course.solutions / FILE}: {submission.student}: no file is called {submission.broken}")
        files[submission.broken] = NO_NOTEBOOK
    return files
