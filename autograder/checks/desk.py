"""A student's workspace, opened to run its checks on the code in it, in this very interpreter."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from autograder import probe
from autograder.checks.causes import NO_EXPECTATION, OUT_OF_TIME, STUCK_IMPORT, blamed
from autograder.checks.compare import compare
from autograder.checks.deadline import within
from autograder.checks.gather import gather
from autograder.checks.lessons import lesson_module, lesson_path
from autograder.checks.mark import NAME
from autograder.checks.record import check_record
from autograder.model.check import Check, Visibility
from autograder.model.errors import UsageError
from autograder.model.ids import CheckId
from autograder.model.transcript import Failure, Transcript
from autograder.model.verdict import Cause, Outcome, Verdict
from autograder.model.workspace import COURSE_FILE, EXPECTED_FILE, Home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

T = TypeVar("T")

CLOCK_PER_CPU = 5  # a check may take so many times its CPU seconds by the clock, on a laptop that does other things


class Desk:
    """An opened workspace.

    Attributes:
        root: its folder.
        home: what it knows of its course.
        limit_s: seconds by the clock that one check may take.

    Raises:
        UsageError: the folder is no workspace, or its `.course` files are damaged.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.home = _read(root / COURSE_FILE, Home)
        self.limit_s = CLOCK_PER_CPU * self.home.limits.check_cpu_s
        self._expected = _read(root / EXPECTED_FILE, dict[CheckId, Transcript])
        self._notebooks: dict[str, str] = {}  # lessons/first_graph.py -> lessons/01_first_graph.ipynb
        self._candidate: probe.Candidate | None = None
        self._is_loaded = False

    def checks(self) -> tuple[Check, ...]:
        """The workspace's public checks; tests of the student's own are not among them.

        Raises:
            CourseError: a file can't be imported, or a check was edited into none.
        """
        items = gather(sorted((self.root / "checks").glob("test_*.py")))
        return tuple(self.check(item) for item in items if item.get_closest_marker(NAME))

    def check(self, item: pytest.Function) -> Check:
        """The check that a marked test function is.

        Raises:
            CourseError: it was edited into none.
        """
        name = item.path.resolve().relative_to(self.root).as_posix()
        return check_record(item, item.path.read_text(encoding="utf-8"), name, Visibility.PUBLIC)

    def judge(self, check: Check) -> Verdict:
        """The verdict on the student's code as it is now."""
        expected = self._expected.get(check.id)
        if expected is None:
            return _verdict(check, Outcome.NOT_RUN, Cause(message=NO_EXPECTATION, values={"file": EXPECTED_FILE}))
        candidate = self.candidate()
        if candidate is None:
            return _verdict(check, Outcome.TIMED_OUT, self.import_fault())
        found = within(self.limit_s, lambda: _run(check, self.home.seed, candidate))
        if found is None:
            self.reload()  # it may have stopped anywhere
            cause = Cause(message=OUT_OF_TIME, values={"seconds": f"{self.limit_s:g}"})
            return _verdict(check, Outcome.TIMED_OUT, cause)
        if found.failure is not None and found.failure.type == "KeyboardInterrupt":
            raise KeyboardInterrupt
        return self._in_notebook(compare(expected, found, check))

    def candidate(self) -> probe.Candidate | None:
        """The student's package, with the functions of the lessons' notebooks; loaded when first asked for.

        None if importing it takes longer than a check may: tried once, so that not every check waits for it.
        """
        if not self._is_loaded:
            loaded = within(self.limit_s, lambda: probe.load(self._files(), self.home.package, self.root))
            self._candidate = loaded and loaded.only(self._mine())
            self._is_loaded = True
        return self._candidate

    def import_fault(self) -> Cause | None:
        """Why the student's package can't be imported, if it can't."""
        candidate = self.candidate()
        if candidate is None:
            values = {"package": self.home.package, "seconds": f"{self.limit_s:g}"}
            return Cause(message=STUCK_IMPORT, values=values)
        return None if candidate.failure is None else blamed(msgspec.convert(candidate.failure, Failure))

    def reload(self) -> None:
        """Read the student's files anew for the next check."""
        self._is_loaded = False

    def _files(self) -> dict[str, bytes]:
        modules = sorted((self.root / self.home.package).rglob("*.py"))
        files = {path.relative_to(self.root).as_posix(): path.read_bytes() for path in modules}
        for path in sorted((self.root / "lessons").glob("*.ipynb")):
            name = path.relative_to(self.root).as_posix()
            files[lesson_path(name)] = _lesson(path, self.home.package)
            self._notebooks[lesson_path(name)] = name
        return files

    def _mine(self) -> set[str]:
        """The files that students write; the package's others are none of their worry."""
        modules = {f"{self.home.package}/{module}" for unit in self.home.units for module in unit.modules}
        return modules | self._notebooks.keys()

    def _in_notebook(self, verdict: Verdict) -> Verdict:
        """The verdict with a lesson's notebook in place of the module that was made of it."""
        cause = verdict.cause
        if cause is None or cause.values.get("file") not in self._notebooks:
            return verdict
        values = {**cause.values, "file": self._notebooks[cause.values["file"]]}
        return replace(verdict, cause=replace(cause, values=values))


def run_home(root: Path) -> Iterator[tuple[Check, Verdict]]:
    """Each public check of a workspace with its verdict, in order, one by one.

    Raises:
        UsageError: the folder is no workspace.
        CourseError: a file of checks can't be read.
    """
    desk = Desk(root)
    for check in desk.checks():
        yield check, desk.judge(check)


def _run(check: Check, seed: int, candidate: probe.Candidate) -> Transcript:
    task = msgspec.to_builtins(check.task(seed))
    return msgspec.convert(probe.run(task, candidate), Transcript)


def _read(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise UsageError(f"{path} can't be read, so {path.parent.parent} is no workspace of a course") from error
    except msgspec.MsgspecError as error:
        raise UsageError(f"{path} is damaged; take it from the workspace as you got it: {error}") from error


def _lesson(notebook: Path, package: str) -> bytes:
    """The lesson's module; for a file that is no notebook, one that says so when a check imports it."""
    try:
        return lesson_module(notebook.read_bytes(), package)
    except UsageError as error:
        return f"raise ImportError({str(error)!r})".encode()


def _verdict(check: Check, outcome: Outcome, cause: Cause | None) -> Verdict:
    return Verdict(check=check.id, outcome=outcome, cause=cause)
