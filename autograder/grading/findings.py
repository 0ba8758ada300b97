"""Findings, written short, and which exercises they keep from being checked."""

from collections.abc import Mapping

from autograder.checks.lessons import lesson_path
from autograder.model.course import Course
from autograder.model.ids import ExerciseId
from autograder.model.submission import Finding, Severity, Submission

EXERCISE = "exercise"  # the value of a problem that costs one exercise alone


def note(file: str, message: str, **values: str) -> Finding:
    """Something tolerated and told. `message` may name {file} and each of the values."""
    return _finding(Severity.NOTE, file, message, values)


def problem(file: str, message: str, **values: str) -> Finding:
    """Something that costs the student; a value called `exercise` says that it costs that exercise alone."""
    return _finding(Severity.PROBLEM, file, message, values)


def fault(message: str, **values: str) -> Finding:
    """Something in which the grader or its machine failed; it costs the student nothing."""
    return _finding(Severity.FAULT, "", message, values)


def printable(text: str) -> str:
    """A file name as text that any output can hold: bytes that are no text become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def blocked(submission: Submission, course: Course) -> Mapping[ExerciseId, Finding]:
    """The exercises that can't be checked, each with the finding that says why."""
    problems = [each for each in submission.findings if each.severity is Severity.PROBLEM]
    if not submission.files:
        return {exercise.id: problems[0] for exercise in course.exercises}
    by_file = {each.file: each for each in reversed(problems) if EXERCISE not in each.values}
    by_exercise = {each.values[EXERCISE]: each for each in reversed(problems) if EXERCISE in each.values}
    notebooks = {lesson_path(stem): notebook_path(stem) for stem in lesson_stems(course)}
    found = {}
    for exercise in course.exercises:
        file = notebooks.get(exercise.target.file, exercise.target.file)
        if finding := by_exercise.get(exercise.id) or by_file.get(file):
            found[exercise.id] = finding
    return found


def lesson_stems(course: Course) -> tuple[str, ...]:
    """The stems of the course's lesson notebooks, in order: ("01_first_graph",)."""
    return tuple(dict.fromkeys(unit.lesson for unit in course.units if unit.lesson))


def notebook_path(stem: str) -> str:
    """Where a lesson's notebook lies in a workspace."""
    return f"lessons/{stem}.ipynb"


def _finding(severity: Severity, file: str, message: str, values: Mapping[str, str]) -> Finding:
    texts = {name: printable(value) for name, value in values.items()}
    return Finding(severity=severity, file=printable(file), message=message, values=texts)
