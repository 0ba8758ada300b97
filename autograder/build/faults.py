"""What can be wrong with a course that was read: every reference that it makes to its texts, files and units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from autograder.build.pieces import cut
from autograder.build.reading import text_of
from autograder.checks.lessons import lesson_path
from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from autograder.model.course import Course, Exercise, Limits, Target, Text, Unit

_LANGUAGE = re.compile(r"[a-z]{2}(_[A-Z]{2})?")
_EXERCISE_ID = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


def faults(course: Course) -> Iterator[str]:
    """What is wrong with a course, one sentence a fault, those first that others follow from."""
    yield from _language_faults(course)
    yield from _text_faults("course.title", course.title, course)
    yield from _limit_faults(course.limits)
    if course.released_earns is not None and not 0 <= course.released_earns <= 1:
        yield f"course.released_earns is {course.released_earns:g}, must be a share from 0 to 1"
    if not course.solutions.is_dir():
        yield f"course.solutions {course.solutions} is missing"
    if not (course.solutions / course.package).is_dir():
        yield f'course.solutions {course.solutions} has no package "{course.package}"'
    yield from _given_faults(course)
    yield from _repeated("unit.id", [unit.id for unit in course.units])
    yield from _policy_faults(course)
    yield from _repeated("unit.exercise.id", [exercise.id for exercise in course.exercises])
    yield from _repeated("unit.modules", [module for unit in course.units for module in unit.modules])
    known: list[str] = []
    for unit in course.units:
        yield from _unit_faults(course, unit, known)
        known.append(unit.id)


def _language_faults(course: Course) -> Iterator[str]:
    if not course.languages:
        yield "course.languages is empty; name at least one"
    for language in course.languages:
        if not _LANGUAGE.fullmatch(language):
            yield f'course.languages "{language}" is no language code like "en" or "zh_TW"'


def _limit_faults(limits: Limits) -> Iterator[str]:
    for name, value in msgspec.structs.asdict(limits).items():
        if value <= 0:
            yield f"limits.{name} is {value}, must be above 0"


def _policy_faults(course: Course) -> Iterator[str]:
    policy, late, units = course.policy, course.policy.late, [unit.id for unit in course.units]
    for unit, weight in policy.weights.items():
        if unit not in units:
            yield f'policy.weights names "{unit}", which is no unit'
        if not 0 <= weight < float("inf"):
            yield f'policy.weights gives "{unit}" {weight:g}, must be 0 or more'
    if not 0 <= policy.drop_lowest <= max(0, len(units) - 1):
        yield f"policy.drop_lowest is {policy.drop_lowest}, must leave one of {len(units)} units"
    for name in ("percent_per_day", "at_most_percent", "percent"):
        if not 0 <= (percent := getattr(late, name)) <= 100:
            yield f"policy.late.{name} is {percent:g}, must be from 0 to 100"
    if not 0 <= late.grace_hours < float("inf"):
        yield f"policy.late.grace_hours is {late.grace_hours:g}, must be 0 or more"
    if late.due is not None and late.due.tzinfo is None:
        yield f"policy.late.due {late.due.isoformat()} has no time zone; write it as 2026-03-01T23:59:00+01:00"
    if late.percent_per_day and late.due is None:
        yield "policy.late.percent_per_day counts from policy.late.due, which is missing"


def _given_faults(course: Course) -> Iterator[str]:
    for pattern in course.given:
        if not pattern.startswith((f"{course.package}/", "lessons/")) or ".." in pattern:
            yield f'course.given "{pattern}" is of another folder; only {course.package}/ and lessons/ can be given'
        elif not any(course.solutions.glob(pattern)):
            yield f'course.given "{pattern}" matches nothing in {course.solutions}'


def _repeated(key: str, names: Sequence[str]) -> Iterator[str]:
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield f'{key} "{name}" is there {names.count(name)} times'


def _unit_faults(course: Course, unit: Unit, earlier: Collection[str]) -> Iterator[str]:
    key = f'unit "{unit.id}"'
    yield from _text_faults(f"{key}: title", unit.title, course)
    for needed in unit.needs:
        if needed not in earlier:
            yield f'{key}: needs "{needed}", which is no earlier unit'
    for module in unit.modules:
        yield from _module_faults(course, key, module)
    if unit.lesson and not (course.root / "lessons" / f"{unit.lesson}.md.jinja").is_file():
        yield f'{key}: lesson "{unit.lesson}" has no template lessons/{unit.lesson}.md.jinja'
    for exercise in unit.exercises:
        yield from _exercise_faults(course, unit, exercise)


def _module_faults(course: Course, key: str, module: str) -> Iterator[str]:
    if not (course.solutions / course.package / module).is_file():
        yield f'{key}: module "{module}" is not in {course.solutions / course.package}'
    if not (course.root / "skeletons" / f"{module}.jinja").is_file():
        yield f'{key}: module "{module}" has no template skeletons/{module}.jinja'


def _exercise_faults(course: Course, unit: Unit, exercise: Exercise) -> Iterator[str]:
    key = f'exercise "{exercise.id}"'
    if not _EXERCISE_ID.fullmatch(exercise.id):
        yield f'{key}: an id is lower-case words with dots between, like "{unit.id}.{unit.id}"'
    yield from _hint_faults(key, exercise, course)
    files = {f"{course.package}/{module}" for module in unit.modules}
    files |= {lesson_path(unit.lesson)} if unit.lesson else set()
    path = course.solutions / exercise.target.file
    if exercise.target.file not in files:
        yield f'{key}: target "{exercise.target}" lies in none of its unit\'s files ({", ".join(sorted(files))})'
    elif not path.is_file():
        yield f'{key}: target "{exercise.target}" has no file {path}'
    else:
        yield from _target_faults(key, exercise.target, path)


def _target_faults(key: str, target: Target, path: Path) -> Iterator[str]:
    try:
        cut(str(path), text_of(path)).answer(target.qualname)
    except CourseError as error:
        yield f'{key}: target "{target}" is not there: {error}'


def _text_faults(key: str, text: Text, course: Course) -> Iterator[str]:
    for language in course.languages:
        if not text.get(language):
            yield f"{key}.{language} is missing"
    for language in text:
        if language not in course.languages:
            yield f"{key}.{language} is in no language of course.languages"


def _hint_faults(key: str, exercise: Exercise, course: Course) -> Iterator[str]:
    if not exercise.hints:
        return
    yield from _text_faults(f"{key}: hints", {name: "".join(rungs) for name, rungs in exercise.hints.items()}, course)
    if len({len(rungs) for rungs in exercise.hints.values()}) > 1:
        yield f"{key}: hints have not the same number of rungs in each language"
