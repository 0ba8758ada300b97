"""Rules that run the course: stubs fail their checks, answers pass them, lessons come to their end."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from autograder.build.edition import edition_of
from autograder.build.lessons import lesson_template, render_lesson
from autograder.build.skeletons import render_skeleton
from autograder.checks.causes import blamed
from autograder.checks.lessons import lesson_module, lesson_path
from autograder.grading.findings import lesson_stems, notebook_path
from autograder.grading.lint.draft import ANYONE
from autograder.grading.lint.fault import Fault, fault
from autograder.grading.notebooks import execute_lessons
from autograder.model.check import Task
from autograder.model.ids import CheckId
from autograder.model.submission import Submission
from autograder.sandbox.ended import Ended

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from autograder.build.edition import Edition
    from autograder.grading.lint.draft import Draft
    from autograder.model.check import Check
    from autograder.model.course import Exercise
    from autograder.model.transcript import Transcript

_NOTHING = "def look(see):\n    see.count(0)\n"
_OBSERVE = "observe what the exercise promises, and nothing that is true without it"


def imports(draft: Draft) -> Iterator[Fault]:
    """The package can be imported before anything of it is written; else its checks would fail for that alone."""
    task = Task(id=CheckId("lint::look"), source=_NOTHING, function="look", arguments={}, seed=0)
    for language in draft.course.languages:
        files = draft.candidate(draft.files(edition_of(draft.course, language)))
        with draft.sandbox.start(files, draft.course.package, draft.course.limits) as child:
            found = _why_not(child.run(task))
        if found:
            expected = f"an untouched package that can be imported ({language})"
            remedy = "import and call only what is given while the package is imported"
            yield fault(draft.course, draft.course.root / "skeletons", expected, found, remedy)


def untouched(draft: Draft) -> Iterator[Fault]:
    """No check passes where nothing is written yet."""
    files = draft.candidate(draft.files(edition_of(draft.course, draft.course.languages[0])))
    failing = draft.failing(files, draft.plan.checks)
    for check in draft.plan.checks:
        if check.id not in failing:
            yield _about(check, "that it fails on the untouched skeleton", "that it passes")


def stubs(draft: Draft) -> Iterator[Fault]:
    """Where all but one exercise is written, the checks of that one fail: they are about it."""
    written = edition_of(draft.course, draft.course.languages[0], answers=True)
    candidate = draft.candidate(draft.files(written))
    for exercise in draft.course.exercises:
        own = [check for check in draft.plan.checks if check.exercise == exercise.id]
        stub = _with_stub(draft, written, exercise)
        failing = draft.failing({**candidate, exercise.target.file: stub}, own)
        for check in own:
            if check.id not in failing:
                yield _about(check, f"that it fails without {exercise.target.qualname}", "that it passes")


def answers(draft: Draft) -> Iterator[Fault]:
    """A workspace filled with the answers passes every check, in every language."""
    for edition in draft.editions(answers=True):
        failing = draft.failing(draft.candidate(draft.files(edition)), draft.plan.checks)
        for check in draft.plan.checks:
            if check.id in failing:
                verdict = failing[check.id]
                found = f"{verdict.outcome} ({verdict.cause})"
                yield _about(check, f"that the answers pass it in {edition.language}", found)


def later_units(draft: Draft) -> Iterator[Fault]:
    """A unit's checks pass while nothing is written of the units that it does not need."""
    written = draft.candidate(draft.files(edition_of(draft.course, draft.course.languages[0], answers=True)))
    for exercise in draft.course.exercises:
        own = [check for check in draft.plan.checks if check.exercise == exercise.id]
        failing = draft.failing({**written, **draft.plan.later_modules[exercise.id]}, own)
        for check in own:
            if check.id in failing:
                expected = f"that it passes with the units untouched that {exercise.unit} does not need"
                remedy = "let what it calls be given or built before, or name the unit in `needs`"
                yield _about(check, expected, str(failing[check.id].cause), remedy)


def lessons(draft: Draft) -> Iterator[Fault]:
    """Every lesson runs from its first cell to its last without a warning, in each language, whatever is written."""
    for filled, state in ((False, "untouched"), (True, "with answers")):
        for edition in (edition_of(draft.course, each, answers=filled) for each in draft.course.languages):
            expected = f"a lesson that runs quietly to its end ({edition.language}, {state})"
            remedy = "let a cell that needs an unfinished exercise say so, and mend what warns"
            for path, found in _ends(draft, draft.files(edition)):
                template = lesson_template(draft.course, PurePosixPath(path).stem)
                yield fault(draft.course, template, expected, found, remedy)


def _ends(draft: Draft, files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """What kept a workspace's lessons from running well, with the notebook's path."""
    notebooks = {path: files[path] for path in map(notebook_path, lesson_stems(draft.course))}
    submission = Submission(student=ANYONE, files={**notebooks, **draft.candidate(files)}, digest="")
    executed = execute_lessons(submission, draft.course, draft.sandbox)
    yield from ((finding.file, str(finding)) for finding in executed.findings)
    yield from ((path, warning) for path, data in executed.notebooks.items() for warning in _warnings(data))


def _warnings(notebook: bytes) -> Iterator[str]:
    """What the cells of an executed notebook wrote to stderr, the last line of each."""
    for cell in json.loads(notebook)["cells"]:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr" and (text := "".join(output["text"]).strip()):
                yield f"on stderr of cell {cell['id']}, `{text.splitlines()[-1]}`"


def _why_not(reply: Transcript | Ended) -> str:
    """What kept a candidate from being loaded; nothing where it was."""
    if isinstance(reply, Ended):
        return reply.detail
    return str(blamed(reply.failure)) if reply.failure else ""


def _with_stub(draft: Draft, edition: Edition, exercise: Exercise) -> bytes:
    """The exercise's file, with that exercise as a stub among answers."""
    course, file = draft.course, exercise.target.file
    edition = replace(edition, unwritten=frozenset({exercise.id}))
    stem = next((stem for stem in lesson_stems(course) if lesson_path(stem) == file), None)
    if stem is None:
        return render_skeleton(course, file, edition).encode()
    lesson = render_lesson(course, stem, edition).encode()
    return lesson_module(lesson, notebook_path(stem), course.package, edition.language)


def _about(check: Check, expected: str, found: str, remedy: str = _OBSERVE) -> Fault:
    return Fault(file=f"{check.file}:{check.line}", message=f"{check.id}: expected {expected}, found {found}; {remedy}")
