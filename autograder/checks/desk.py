"""A student's workspace, opened to run its checks on the code in it, in this very interpreter."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from autograder import probe
from autograder.checks.causes import (
    NO_EXPECTATION,
    OUT_OF_TIME,
    STUCK,
    STUCK_IMPORT,
    STUCK_IN_IMPORT,
    TOO_EARLY,
    UNWRITTEN,
    blamed,
)
from autograder.checks.compare import compare
from autograder.checks.deadline import TimeIsUp, within
from autograder.checks.gather import gather
from autograder.checks.lessons import lesson_module, lesson_path
from autograder.checks.mark import NAME
from autograder.checks.needs import later_modules
from autograder.checks.originals import read_originals
from autograder.checks.record import check_record
from autograder.model.check import Check, Visibility
from autograder.model.errors import UsageError
from autograder.model.ids import CheckId
from autograder.model.language import sentence, translate
from autograder.model.transcript import Failure, Transcript
from autograder.model.verdict import Cause, Outcome, Verdict
from autograder.model.workspace import COURSE_FILE, EXPECTED_FILE, Home

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pytest

T = TypeVar("T")

AS_BUILT = sentence("{file} (as you got it)")
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
        self._replaced: frozenset[str] | None = None  # modules that are as built in the candidate; None: not loaded
        self._texts: dict[str, bytes] | None = None  # the student's files; None: to be read
        self._fault: tuple[Cause | None] | None = None  # of importing all of the package; None: not tried
        self._rests_on_later = False  # the package can't be imported with modules of later units as built
        self._codes: probe.Codes = {}

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
        """The verdict on the student's code as it is now; modules of later units stand there as they were built."""
        expected = self._expected.get(check.id)
        if expected is None:
            return _verdict(check, Outcome.NOT_RUN, Cause(message=NO_EXPECTATION, values={"file": EXPECTED_FILE}))
        candidate, fault = self._without_later(check)
        if fault is not None or candidate is None:
            outcome = Outcome.TIMED_OUT if fault is None or fault.message in STUCK else Outcome.ERRORED
            return self._named(check, _verdict(check, outcome, fault))
        found = within(self.limit_s, lambda: _run(check, self.home.seed, candidate))
        if found is None:
            self.reload()  # it may have stopped anywhere
            cause = Cause(message=OUT_OF_TIME, values={"seconds": f"{self.limit_s:g}"})
            return _verdict(check, Outcome.TIMED_OUT, cause)
        if found.failure is not None and found.failure.type == "KeyboardInterrupt":
            raise KeyboardInterrupt
        return self._named(check, compare(expected, found, check))

    def candidate(self) -> probe.Candidate | None:
        """The student's package, with the functions of the lessons' notebooks; loaded when first asked for.

        None if importing it takes longer than a check may: tried once, so that not every check waits for it.
        """
        return self._with_as_built({})

    def _without_later(self, check: Check) -> tuple[probe.Candidate | None, Cause | None]:
        """The candidate for one check, or why there is none; all of the package, if it does not load without."""
        texts, fault = self._files(), self.import_fault()
        as_built = {
            path: self._originals[path]
            for path in later_modules(self.home.units, self.home.package, check.exercise)
            if path in self._originals and self._originals[path] != texts.get(path)
        }
        is_hopeless = fault is not None and fault.message in STUCK and fault.values.get("file") not in as_built
        if as_built and not self._rests_on_later and not is_hopeless:
            candidate = self._with_as_built(as_built)
            its_fault = self._fault_of(candidate)
            if its_fault is None or fault is not None:
                return candidate, its_fault
            self._rests_on_later = True
        return (self.candidate(), None) if fault is None else (None, fault)

    def _with_as_built(self, as_built: Mapping[str, bytes]) -> probe.Candidate | None:
        """The package with some modules as they were built, loaded if it is not."""
        replaced = frozenset(as_built)
        if self._replaced != replaced:
            texts = {**self._files(), **as_built}
            loaded = self._loaded(texts)
            self._candidate = loaded and loaded.only({path: self._name(path, as_built) for path in self._mine()})
            self._replaced = replaced
        return self._candidate

    def _loaded(self, texts: Mapping[str, bytes]) -> probe.Candidate | None:
        """The package of these files; one whose import was ended in time says where it stood then."""
        found: list[probe.Candidate] = []
        codes = self._compiled(texts)
        within(self.limit_s, lambda: found.append(probe.load(texts, self.home.package, self.root, codes)))
        return found[0] if found else None

    def _compiled(self, texts: Mapping[str, bytes]) -> probe.Codes:
        """What these files compile to; the most of them never change, and modules as built take turns with newer."""
        named, kept = (
            {(str(self.root / path), text) for path, text in some.items()} for some in (texts, self._originals)
        )
        self._codes = {key: code for key, code in self._codes.items() if key in named | kept}
        self._codes |= probe.compiled(named - self._codes.keys())
        return self._codes

    def _name(self, path: str, as_built: Mapping[str, bytes]) -> str:
        """How people name a file of the candidate."""
        return translate(AS_BUILT, self.home.language, {"file": path}) if path in as_built else path

    def import_fault(self) -> Cause | None:
        """Why the student's package can't be imported, if it can't; tried once, until the files are read anew."""
        if self._fault is None:
            self._fault = (self._fault_of(self.candidate()),)
        return self._fault[0]

    def _fault_of(self, candidate: probe.Candidate | None) -> Cause | None:
        """Why a candidate can't be imported, if it can't."""
        if candidate is not None and candidate.failure is None:
            return None
        failure = msgspec.convert(candidate.failure, Failure) if candidate else None
        if failure is not None and failure.type != TimeIsUp.__name__:
            return blamed(failure)
        values = {"package": self.home.package, "seconds": f"{self.limit_s:g}"}
        if failure is None or failure.place is None:
            return Cause(message=STUCK_IMPORT, values=values)
        place = {"file": failure.place.file, "line": str(failure.place.line)}
        return Cause(message=STUCK_IN_IMPORT, values=values | place)

    def reload(self) -> None:
        """Read the student's files anew for the next check."""
        self._texts = self._replaced = self._fault = None
        self._rests_on_later = False

    def _files(self) -> dict[str, bytes]:
        if self._texts is None:
            self._texts = self._read_files()
        return self._texts

    @cached_property
    def _originals(self) -> Mapping[str, bytes]:
        """The files as they were built; none where they are lost, so that everything is checked as it is."""
        try:
            return read_originals(self.root)
        except UsageError:
            return {}

    def _read_files(self) -> dict[str, bytes]:
        modules = sorted((self.root / self.home.package).rglob("*.py"))
        files = {path.relative_to(self.root).as_posix(): path.read_bytes() for path in modules}
        for path in sorted((self.root / "lessons").glob("*.ipynb")):
            name = path.relative_to(self.root).as_posix()
            files[lesson_path(name)] = self._lesson(path, name)
            self._notebooks[lesson_path(name)] = name
        return files

    def _lesson(self, notebook: Path, name: str) -> bytes:
        """The lesson's module; for a file that is no notebook, one that says so when a check imports it."""
        exercises = [exercise for unit in self.home.units for exercise in unit.exercises]
        functions = {
            exercise.id: exercise.target.partition("::")[2]
            for exercise in exercises
            if exercise.target.startswith(f"{lesson_path(name)}::")
        }
        try:
            return lesson_module(notebook.read_bytes(), name, self.home.package, self.home.language, functions)
        except UsageError as error:
            return f"raise ImportError({str(error)!r})".encode()

    def _mine(self) -> set[str]:
        """The files that students write; the package's others are none of their worry."""
        modules = {f"{self.home.package}/{module}" for unit in self.home.units for module in unit.modules}
        return modules | self._notebooks.keys()

    def _named(self, check: Check, verdict: Verdict) -> Verdict:
        """The verdict in words that fit this workspace.

        A lesson's notebook takes the place of the module that was made of it. A stub of a later unit that a check ran
        into is nothing to wait for: it says that what the check is about went where it has no business.
        """
        cause = verdict.cause
        if cause is None or "file" not in cause.values:
            return verdict
        file = cause.values["file"]
        if file in self._notebooks:
            cause = replace(cause, values={**cause.values, "file": self._notebooks[file]})
        elif cause.message == UNWRITTEN:
            for path, unit in later_modules(self.home.units, self.home.package, check.exercise).items():
                if file in (path, self._name(path, {path: b""})):
                    values = {"stub": cause.values["function"], "file": path, "unit": unit.title}
                    cause = replace(cause, message=TOO_EARLY, values=values)
        return replace(verdict, cause=cause)


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


def _verdict(check: Check, outcome: Outcome, cause: Cause | None) -> Verdict:
    return Verdict(check=check.id, outcome=outcome, cause=cause)
