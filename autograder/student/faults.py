"""What is wrong with a workspace's files before any of them runs, each with a way back."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from autograder.build.reference import student_modules
from autograder.grading.findings import lesson_stems, note, notebook_path, problem
from autograder.grading.lessons import take_in_lesson
from autograder.model.language import sentence, translate
from autograder.student.workspace import course_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from autograder.model.course import Course
    from autograder.model.submission import Finding
    from autograder.model.workspace import Home

ALIKE = 0.6  # of two texts; an edited file is still nearer to its original than this
SHOWN = 3  # names in one sentence

MISSING = sentence("{file} is missing: `autograder reset {file}` brings it back as you got it")
LOST_FOLDER = sentence(
    "the folder {file} is missing with its {count} files. Did you rename or move it? Then give it its name again; "
    "`autograder reset {file}` brings it back as you got it"
)
RENAMED = sentence(
    "{file} is missing, and {other} is like it: rename that to {file}, or `autograder reset {file}` begins anew"
)
CHANGED = sentence("{files}: changed, though the course's own; `autograder reset {file}` brings one back")
AND_MORE = sentence("{names} and {count} more")
FRESH = sentence("{told}. `autograder reset {file}` gives a fresh copy and keeps yours beside it")


def faults(root: Path, home: Home, originals: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Each fault of the files that lessons and checks need: missing, renamed or changed ones, broken notebooks."""
    course = course_of(home, root)
    return (*_missing(root, course, originals), *_changed(root, course, originals), *_lessons(root, course, originals))


def told(finding: Finding, home: Home) -> str:
    """A finding as one sentence in the workspace's language."""
    text = translate(finding.message, home.language, {"file": finding.file, **finding.values})
    is_mistake = {"exercise", "error"} <= finding.values.keys()  # a cell to correct, not to throw away
    if finding.file.endswith(".ipynb") and "autograder reset" not in text and not is_mistake:
        return translate(FRESH, home.language, {"told": text.rstrip("。."), "file": finding.file})
    return text


def _missing(root: Path, course: Course, originals: Mapping[str, bytes]) -> Iterator[Finding]:
    wanted = [path for path in originals if _matters(path, course)]
    folders = [folder for folder in sorted(_folders(wanted), key=len) if not (root / folder).is_dir()]
    lost = [
        folder for folder in folders if not any(f"{folder}/".startswith(f"{one}/") for one in folders if one != folder)
    ]
    for folder in lost:
        yield problem(folder, LOST_FOLDER, count=str(sum(path.startswith(f"{folder}/") for path in wanted)))
    for path in wanted:
        if (root / path).is_file() or path.startswith(tuple(f"{folder}/" for folder in lost)):
            continue
        other = _like(root, path, originals)
        yield problem(path, RENAMED, other=other) if other else problem(path, MISSING)


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder that one of these files lies in, at any depth."""
    return {parent.as_posix() for path in paths for parent in PurePosixPath(path).parents if parent.name}


def _matters(path: str, course: Course) -> bool:
    return path.split("/", maxsplit=1)[0] in (course.package, "lessons", "checks")


def _like(root: Path, path: str, originals: Mapping[str, bytes]) -> str | None:
    """The file beside that nobody gave and that is most like a missing one: its new name, perhaps."""
    folder, suffix = (root / path).parent, PurePosixPath(path).suffix
    others = [file for file in sorted(folder.glob(f"*{suffix}")) if file.is_file()]
    alike = {
        name: likeness
        for file in others
        if (name := file.relative_to(root).as_posix()) not in originals
        if (likeness := _likeness(file.read_bytes(), originals[path])) >= ALIKE
    }
    return max(alike, key=lambda name: alike[name], default=None)


def _likeness(one: bytes, other: bytes) -> float:
    """The share of lines that two files have in common."""
    return SequenceMatcher(None, one.splitlines(), other.splitlines(), autojunk=False).ratio()


def _changed(root: Path, course: Course, originals: Mapping[str, bytes]) -> Iterator[Finding]:
    """One note on all files that are the course's and were changed; line ends may differ."""
    theirs = {*student_modules(course), *map(notebook_path, lesson_stems(course))}
    changed = [
        path
        for path, data in originals.items()
        if _matters(path, course) and path not in theirs and (root / path).is_file()
        if (root / path).read_bytes().splitlines() != data.splitlines()
    ]
    if changed:
        names, rest = ", ".join(changed[:SHOWN]), len(changed) - SHOWN
        if rest > 0:
            names = translate(AND_MORE, course.languages[0], {"names": names, "count": str(rest)})
        yield note(changed[0], CHANGED, files=names)


def _lessons(root: Path, course: Course, originals: Mapping[str, bytes]) -> Iterator[Finding]:
    """What the grader would say of the notebooks that are there."""
    for path in map(notebook_path, lesson_stems(course)):
        if (root / path).is_file() and path in originals:
            mine = (root / path).read_bytes()
            yield from take_in_lesson(path, mine, originals[path], course, course.languages[0]).findings
