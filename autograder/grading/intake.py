"""Intake: what a student handed in becomes a `Submission` record; faults become findings."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import msgspec

from autograder.build.reference import student_modules
from autograder.grading.findings import lesson_stems, note, notebook_path, problem
from autograder.grading.lessons import take_in_lesson
from autograder.grading.python import python_fault
from autograder.grading.released import released_notes
from autograder.grading.stores import Place
from autograder.grading.tree import Tree, opened
from autograder.model.course import Course
from autograder.model.ids import Language, StudentId
from autograder.model.language import sentence
from autograder.model.submission import Finding, Submission
from autograder.model.workspace import COURSE_FILE

MODULE_KIB = 256
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
    findings: tuple[Finding, ...] = ()  # what the way says in which it came; a problem at least where there is no path
    names: tuple[str, ...] = ()  # by which a roster may know the student, besides `student`


def take_in(found: Found, course: Course, workspaces: Workspaces) -> Submission:
    """What a student handed in, looked through; every fault is a finding, and none is raised.

    What the student may write comes from the submission, all else from an untouched workspace; a module that is
    missing or unreadable is replaced by its skeleton, so that the others can still be checked. A submission in which
    nothing of the workspace was found has no files, and one problem at least. A folder whose only zip holds the
    workspace is what some learning platforms make of a zip.
    """
    if found.path is None:
        return _submission(found, {}, {}, [])
    with opened(found.path) as tree:
        if isinstance(tree, Finding):
            return _submission(found, {}, {}, [tree])
        wanted = (*student_modules(course), *map(notebook_path, lesson_stems(course)))
        base = _base(tree.names, wanted)
        if base is None and (inner := _only_zip(found.path, tree.names)):
            return take_in(replace(found, path=inner), course, workspaces)
        if base is None:
            message = sentence("{file} holds none of the course's files, such as {wanted}: hand in the whole workspace")
            missing = problem(found.path.name, message, wanted=wanted[0] if wanted else COURSE_FILE)
            return _submission(found, {}, {}, [missing, *tree.findings])
        return _taken(found, course, workspaces, _Desk(tree, base))


def language(files: Mapping[str, bytes], course: Course) -> Language:
    """The language of the workspace that these files come from; the course's first where they don't say."""
    try:
        told = msgspec.json.decode(files.get(COURSE_FILE, b""), type=_Told).language
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return course.languages[0]
    return next((each for each in course.languages if each == told), course.languages[0])


class _Told(msgspec.Struct):
    language: str = ""


class _Desk:
    """A tree seen from the folder that is the workspace."""

    def __init__(self, tree: Tree, base: str) -> None:
        self._tree = tree
        self._base = base
        self.names = tuple(name.removeprefix(base) for name in tree.names if name.startswith(base))
        self.findings = tree.findings

    def read(self, name: str, most_bytes: int) -> bytes | Finding | None:
        """A file's bytes, or why it can't be had; None where there is no such file."""
        if name not in self.names:
            return None
        data = self._tree.read(self._base + name, most_bytes)
        return data if isinstance(data, bytes) else msgspec.structs.replace(data, file=name)


def _taken(found: Found, course: Course, workspaces: Workspaces, desk: _Desk) -> Submission:
    told = desk.read(COURSE_FILE, MODULE_KIB * 1024)
    pristine = workspaces[language({COURSE_FILE: told} if isinstance(told, bytes) else {}, course)]
    modules, lessons = student_modules(course), [notebook_path(stem) for stem in lesson_stems(course)]
    inside = (f"{course.package}/", "lessons/")
    files = {path: data for path, data in pristine.items() if path.startswith(inside) or path == COURSE_FILE}
    written: dict[str, bytes] = {}
    findings = [*desk.findings, *islice(_altered(desk, pristine, course), _MOST_NOTES)]
    for path in modules:
        data = _module(path, desk.read(path, MODULE_KIB * 1024), written)
        if isinstance(data, Finding):
            findings.append(data)
        else:
            files[path] = data
    for path in lessons:
        notebook = desk.read(path, NOTEBOOK_MIB * 1024 * 1024)
        if isinstance(notebook, bytes):
            written[path] = notebook
        lesson = take_in_lesson(path, notebook, pristine[path], course)
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


def _altered(desk: _Desk, pristine: Mapping[str, bytes], course: Course) -> Iterator[Finding]:
    """Notes on modules that are the course's, and on modules that are nobody's."""
    for name in desk.names:
        is_module = name.startswith((f"{course.package}/", "lessons/")) and name.endswith(".py")
        if not is_module or name in student_modules(course):
            continue
        if name not in pristine:
            message = sentence("{file} does not belong to the course and was left aside: move what you need from it")
            yield note(name, message)
        elif _is_other(desk.read(name, MODULE_KIB * 1024), pristine[name]):
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
