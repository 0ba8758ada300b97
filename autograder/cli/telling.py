"""A round of checks, told to the student: how far each exercise is, the first difference, where to read on."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from autograder.checks.explain import explain
from autograder.checks.words import words
from autograder.cli.terminal import SIGNS, say
from autograder.model.language import sentence, translate
from autograder.model.verdict import Cause
from autograder.model.workspace import Home
from autograder.student.choosing import unit_of
from autograder.student.reading import read_next
from autograder.student.rounds import Round
from autograder.student.standing import Progress, Standing, next_step
from autograder.student.talk import BadFile

PASSING = sentence("{passed} of {total} checks pass")
NOT_WRITTEN = sentence("not written yet")
WAITING = sentence("waits for {other}")
UNIT = sentence("{title}: {done} of {total} done")
NO_CHECK = sentence("no public check of it is here")
CANT_IMPORT = sentence("{package} can't be imported, so nothing can be checked yet:")
CANT_CHECK = sentence("{package} can't be imported, so {exercise} can't be checked yet, nor what needs it:")
FIRST = sentence("{exercise} comes first: what you asked for needs it. It is in the unit {unit}.")
PICTURE = sentence("A picture of the difference: {file}")
AND_MORE = sentence("and {count} more of these")
BAD_CHECKS = sentence("{file} can't be read: `autograder reset {file}` brings it back as you got it ({error})")
NEXT = sentence("All of this passes. Next: {name}; `autograder check {id}`")
ALL_DONE = sentence("Everything passes. `autograder submit` writes the zip to hand in.")
SHORT = sentence("Not all of this can be checked, since checks of the course are missing here.")

STEPS_SHOWN = 3


def tell_progress(home: Home, done: Round) -> None:
    """The wanted exercises, a line each below their unit; of several units, only that of the step is told so far."""
    units = {unit_of(home, exercise).id for exercise in done.wanted}
    current = unit_of(home, done.step.exercise).id if done.step else None
    found = {progress.exercise: progress for progress in done.found}
    for unit in home.units:
        inside = [exercise.id for exercise in unit.exercises if exercise.id in done.wanted]
        if inside and current in units - {unit.id}:
            passed = sum(found[exercise].is_done for exercise in inside if exercise in found)
            values = {"title": unit.title, "done": str(passed), "total": str(len(inside))}
            say(translate(UNIT, home.language, values))
            continue
        if inside:
            say(unit.title, is_bold=True)
        for exercise in inside:
            progress = found.get(exercise)
            if progress is None:
                say(f"  - {exercise}: {translate(NO_CHECK, home.language)}")
            else:
                say(line(home, progress), progress.standing)


def line(home: Home, progress: Progress) -> str:
    """An exercise with its sign and how far it is."""
    return f"  {SIGNS[progress.standing]} {progress.exercise}: {standing_words(home, progress)}"


def standing_words(home: Home, progress: Progress) -> str:
    """How far an exercise is."""
    if progress.standing is Standing.UNWRITTEN:
        return translate(NOT_WRITTEN, home.language)
    if progress.standing is Standing.WAITING:
        return translate(WAITING, home.language, {"other": str(progress.waits_for)})
    counts = {"passed": str(progress.passed), "total": str(progress.total)}
    return translate(PASSING, home.language, counts)


def tell_rest(root: Path, home: Home, done: Round) -> None:
    """What to do about the round: the first difference and where to read on, or the step after it.

    The picture of the round before is gone then, whatever this one shows.
    """
    from autograder.student.picture import forget_picture

    forget_picture(root)
    if done.fault is not None:
        tell_fault(home, done, done.fault)
    elif done.step is None and done.is_short:
        say(f"\n{translate(SHORT, home.language)}", Standing.WAITING)
    elif done.step is None:
        say(f"\n{after(home, done)}", Standing.DONE)
    else:
        _tell_step(root, home, done, done.step)


def tell_fault(home: Home, done: Round, fault: Cause) -> None:
    """Why the package can't be imported, and what can't be checked for that."""
    values = {"package": home.package, "exercise": done.step.exercise if done.step else ""}
    if done.step:
        say()
    say(translate(CANT_CHECK if done.step else CANT_IMPORT, home.language, values), is_bold=True)
    say(f"  {words(fault, home.language)}", Standing.WRONG)
    if fault.traceback:
        say(f"\n{fault.traceback}")


def tell_bad_files(home: Home, files: Iterable[BadFile]) -> None:
    """The files of checks that can't be read, each with a way back."""
    for bad in files:
        say(translate(BAD_CHECKS, home.language, {"file": bad.file, "error": bad.error}), Standing.WAITING)


def after(home: Home, done: Round) -> str:
    """What comes when all that was wanted is done."""
    last = unit_of(home, done.wanted[-1]) if done.wanted else home.units[-1]
    inside = {exercise.id for exercise in last.exercises}
    step = next_step(progress for progress in done.found if progress.exercise in inside)
    if step is not None:
        return translate(NEXT, home.language, {"name": step.exercise, "id": step.exercise})
    following = home.units[home.units.index(last) + 1 :]
    if not following:
        return translate(ALL_DONE, home.language)
    return translate(NEXT, home.language, {"name": following[0].title, "id": following[0].id})


def _tell_step(root: Path, home: Home, done: Round, step: Progress) -> None:
    say()
    if done.comes_first:
        values = {"exercise": step.exercise, "unit": unit_of(home, step.exercise).title}
        say(translate(FIRST, home.language, values), Standing.WAITING)
        say()
    if done.check is not None and done.verdict is not None:
        say(explain(done.check, done.verdict, home).rstrip())
        _say_all(picture_lines(root, home, done))
    say()
    _say_all(read_next(root, home, step.waits_for or step.exercise))


def picture_lines(root: Path, home: Home, done: Round, most: int = STEPS_SHOWN) -> Iterator[str]:
    """The differences of two graphs in words, and the file of their picture; nothing where no graphs differ."""
    from autograder.student.picture import write_picture

    if done.check is None or done.verdict is None or done.verdict.cause is None:
        return
    picture = write_picture(root, done.check, done.verdict.cause, home.language)
    if picture is None:
        return
    yield ""
    yield from _cut(home, picture.sentences, most)
    yield translate(PICTURE, home.language, {"file": picture.path})


def _cut(home: Home, sentences: Sequence[str], most: int) -> Iterator[str]:
    yield from (f"  {told}" for told in sentences[:most])
    if len(sentences) > most:
        yield f"  {translate(AND_MORE, home.language, {'count': str(len(sentences) - most)})}"


def _say_all(lines: Iterable[str]) -> None:
    for told in lines:
        say(told)
