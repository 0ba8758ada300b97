"""Intake: what a student handed in becomes a `Submission` record; faults become findings."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

import msgspec

from autograder.build.reference import student_modules
from autograder.grading.findings import lesson_stems, note, notebook_path, problem
from autograder.grading.lessons import take_in_lesson
from autograder.grading.past import Past
from autograder.grading.python import CODE_KIB, python_fault
from autograder.grading.released import released_notes
from autograder.grading.stores import Place
from autograder.grading.tree import Tree, opened
from autograder.model.course import Course
from autograder.model.ids import Language, StudentId
from autograder.model.language import sentence
from autograder.model.submission import Finding, Receipt, Submission
from autograder.model.workspace import COURSE_FILE

NOTEBOOK_MIB = 16  # outputs included
_MOST_NOTES = 20  # on modules that were changed or added

Workspaces = Mapping[Language, Mapping[str, bytes]]  # an untouched workspace's files, in each of the course's languages


@dataclass(frozen=True, slots=True)
class Found:
    """One submission, not yet looked into."""

    student: StudentId
    path: Place | None  # a folder or an archive; None where nothing was handed in that could be looked into
    attempt: int = 1  # which one of the student's this is, as far as the platform tells
    is_late: bool = False
    received_at: datetime | None = None  # aware, UTC; None where the platform doesn't say
    findings: tuple[Finding, ...] = ()  # what the way says in which it came; a problem at least where there is no path
    names: tuple[str, ...] = ()  # by which a roster may know the student, besides `student`
    past: Past = field(default_factory=Past)

    @property
    def receipt(self) -> Receipt:
        """What the platform says of how it came."""
        return Receipt(number=self.attempt, is_late=self.is_late, received_at=self.received_at)


@dataclass(frozen=True, slots=True)
class Read:
    """The files of a submission as they came, from the folder on that is the workspace; not yet looked through."""

    names: tuple[str, ...] = ()  # of all
    files: Mapping[str, bytes | Finding] = field(default_factory=dict)  # those that matter, or why they can't be had
    findings: tuple[Finding, ...] = ()
    has_workspace: bool = False  # if not, there is a problem among the findings

    def digest(self) -> str:
        """Names all that looking through it depends on."""
        digest = hashlib.sha256(ascii((self.names, self.findings, self.has_workspace)).encode())
        for name, data in self.files.items():
            content = data if isinstance(data, bytes) else ascii(data).encode()
            digest.update(f"{len(content)} {name!a} {type(data)}\n".encode() + content)
        return digest.hexdigest()


def take_in(found: Found, course: Course, workspaces: Workspaces) -> Submission:
    """What a student handed in, read and looked through; every fault is a finding, and none is raised."""
    return look_through(found, read_in(found.path, course, workspaces), course, workspaces)


def read_in(path: Place | None, course: Course, workspaces: Workspaces) -> Read:
    """The files of a submission that matter.

    A folder whose only zip holds the workspace is what some learning platforms make of a zip.

    Raises:
        MachineError: it is not there.
        OSError: it lies elsewhere, and can't be read.
    """
    if path is None:
        return Read()
    with opened(path) as tree:
        if isinstance(tree, Finding):
            return Read(findings=(tree,))
        wanted = (*student_modules(course), *map(notebook_path, lesson_stems(course)))
        base = _base(tree.names, wanted)
        if base is None and (inner := _only_zip(path, tree.names)):
            return read_in(inner, course, workspaces)
        if base is None:
            message = sentence("{file} holds none of the course's files, such as {wanted}: hand in the whole workspace")
            missing = problem(path.name, message, wanted=wanted[0] if wanted else COURSE_FILE)
            return Read(findings=(missing, *tree.findings))
        names = tuple(name.removeprefix(base) for name in tree.names if name.startswith(base))
        watched = {COURSE_FILE, *wanted, *_given(course, workspaces)}
        files = {name: _file(tree, base, name) for name in names if name in watched}
        return Read(names=names, files=files, findings=tree.findings, has_workspace=True)


def look_through(found: Found, read: Read, course: Course, workspaces: Workspaces) -> Submission:
    """A submission of what was read.

    What the student may write comes from the submission, all else from an untouched workspace; a module that is
    missing or unreadable is replaced by its skeleton, so that the others can still be checked. A submission in which
    nothing of the workspace was found has no files, and one problem at least.
    """
    if not read.has_workspace:
        return _submission(found, {}, {}, list(read.findings))
    return _taken(found, read, course, workspaces)


def language(files: Mapping[str, bytes], course: Course) -> Language:
    """The language of the workspace that these files come from; the course's first where they don't say."""
    try:
        told = msgspec.json.decode(files.get(COURSE_FILE, b""), type=_Told).language
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return course.languages[0]
    return next((each for each in course.languages if each == told), course.languages[0])


class _Told(msgspec.Struct):
    language: str = ""


def _file(tree: Tree, base: str, name: str) -> bytes | Finding:
    """A file's bytes, or why it can't be had."""
    data = tree.read(base + name, NOTEBOOK_MIB * 1024 * 1024 if name.endswith(".ipynb") else CODE_KIB * 1024)
    return data if isinstance(data, bytes) else msgspec.structs.replace(data, file=name)


def _given(course: Course, workspaces: Workspaces) -> set[str]:
    """The paths of modules that students get and don't write."""
    paths = {path for files in workspaces.values() for path in files if _is_module(path, course)}
    return paths.difference(student_modules(course))


def _is_module(path: str, course: Course) -> bool:
    return path.startswith((f"{course.package}/", "lessons/")) and path.endswith(".py")


def _taken(found: Found, read: Read, course: Course, workspaces: Workspaces) -> Submission:
    told = read.files.get(COURSE_FILE)
    spoken = language({COURSE_FILE: told} if isinstance(told, bytes) else {}, course)
    pristine = workspaces[spoken]
    modules, lessons = student_modules(course), [notebook_path(stem) for stem in lesson_stems(course)]
    inside = (f"{course.package}/", "lessons/")
    files = {path: data for path, data in pristine.items() if path.startswith(inside) or path == COURSE_FILE}
    written: dict[str, bytes] = {}
    findings = [*read.findings, *islice(_altered(read, pristine, course), _MOST_NOTES)]
    for path in modules:
        data = _module(path, read.files.get(path), written)
        if isinstance(data, Finding):
            findings.append(data)
        else:
            files[path] = data
    for path in lessons:
        notebook = read.files.get(path)
        if isinstance(notebook, bytes):
            written[path] = notebook
        lesson = take_in_lesson(path, notebook, pristine[path], course, spoken)
        files |= lesson.files
        findings += lesson.findings
    findings += released_notes(files, course)
    return _submission(found, files, written, findings)


def _module(path: str, data: bytes | Finding | None, written: dict[str, bytes]) -> bytes | Finding:
    """A student's module if it is Python; what was read is noted in `written`."""
    if data is None:
        message = sentence("{file} is missing, and its untouched skeleton stands in: hand in the whole workspace")
        return problem(path, message)
    if isinstance(data, Finding):
        return data
    written[path] = data
    message = sentence("{file} is not valid Python ({error}), and its skeleton stands in: correct it")
    return problem(path, message, error=fault) if (fault := python_fault(data)) else data


def _altered(read: Read, pristine: Mapping[str, bytes], course: Course) -> Iterator[Finding]:
    """Notes on modules that are the course's, and on modules that are nobody's."""
    for name in read.names:
        if not _is_module(name, course) or name in student_modules(course):
            continue
        if name not in pristine:
            message = sentence("{file} does not belong to the course and was left aside: move what you need from it")
            yield note(name, message)
        elif _is_other(read.files.get(name), pristine[name]):
            yield note(name, sentence("{file} was changed: the course's own version was used instead"))


def _is_other(data: bytes | Finding | None, ours: bytes) -> bool:
    return isinstance(data, bytes) and data.splitlines() != ours.splitlines()


def _base(names: tuple[str, ...], wanted: tuple[str, ...]) -> str | None:
    """The folder in which most of the wanted files lie, the uppermost of several; None where there is none."""
    counts: dict[str, int] = {}
    for name in names:
        for path in wanted:
            if name == path or name.endswith(f"/{path}"):
                base = name.removesuffix(path)
                counts[base] = counts.get(base, 0) + 1
    return min(counts, key=lambda base: (-counts[base], base.count("/"), base), default=None)


def _only_zip(path: Place, names: tuple[str, ...]) -> Place | None:
    zips = [name for name in names if name.lower().endswith(".zip")]
    return path / zips[0] if path.is_dir() and len(zips) == 1 else None


def _submission(
    found: Found, files: Mapping[str, bytes], written: Mapping[str, bytes], findings: list[Finding]
) -> Submission:
    digest = hashlib.sha256()
    for path, data in sorted(written.items()):
        digest.update(f"{len(data)} {path}\n".encode())
        digest.update(data)
    return Submission(
        student=found.student,
        files=dict(sorted(files.items())),
        digest=digest.hexdigest(),
        findings=(*found.findings, *findings),
    )
