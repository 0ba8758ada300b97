"""`autograder progress`: how far the student is."""

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.model.workspace import Home
    from autograder.student.rounds import Round
    from autograder.student.standing import Progress

DONE_OF = sentence("{title}: {bar}{done} of {total} exercises done")
HINTS = sentence("hints taken: {taken} of {total}")
GIVEN = sentence("the answer that was given out")
NEXT = sentence("Next: {exercise} in {place}; `autograder check {exercise}`")
PUBLIC = sentence("These are the public checks; others like them are used for grading.")


def progress() -> None:
    """Show how far you are: each unit with its exercises, and what to do next."""
    from autograder.cli.desk import tell_faults, workspace
    from autograder.cli.patience import run_round
    from autograder.cli.telling import tell_fault
    from autograder.student.choosing import chosen

    root, home = workspace(Path.cwd())
    tell_faults(root, home)
    done = run_round(root, home, chosen(home, None))
    if not done.is_blind:
        _tell_units(root, home, done)
    if done.fault is not None:
        tell_fault(home, done, done.fault)
    else:
        _tell_next(root, home, done)


def _tell_units(root: Path, home: "Home", done: "Round") -> None:
    from autograder.cli.telling import line
    from autograder.cli.terminal import say
    from autograder.student.state import read_state
    from autograder.student.unlocking import taken

    found = {progress.exercise: progress for progress in done.found}
    state, given = read_state(root), taken(root, home)
    say(_head(home, home.title, done.found), is_bold=True)
    for unit in home.units:
        inside = [found[exercise.id] for exercise in unit.exercises if exercise.id in found]
        say()
        say(_head(home, unit.title, inside), is_bold=True)
        rungs = {exercise.id: len(exercise.hints) for exercise in unit.exercises}
        for one in inside:
            hints = state.hints.get(one.exercise, 0), rungs[one.exercise]
            say(line(home, one) + _remark(home, *hints, is_given=one.exercise in given), one.standing)


def _remark(home: "Home", taken: int, total: int, *, is_given: bool) -> str:
    """What else is to be said of an exercise, in brackets: hints taken, an answer that is not the student's own."""
    hints = translate(HINTS, home.language, {"taken": str(taken), "total": str(total)}) if taken else ""
    remarks = [remark for remark in (hints, translate(GIVEN, home.language) if is_given else "") if remark]
    return f" ({', '.join(remarks)})" if remarks else ""


def _head(home: "Home", title: str, found: "Sequence[Progress]") -> str:
    from autograder.cli.terminal import bar

    done = sum(progress.is_done for progress in found)
    values = {"title": title, "bar": bar(done, len(found)), "done": str(done), "total": str(len(found))}
    return translate(DONE_OF, home.language, values)


def _tell_next(root: Path, home: "Home", done: "Round") -> None:
    from autograder.cli.telling import after
    from autograder.cli.terminal import say
    from autograder.student.choosing import chosen_exercise
    from autograder.student.reading import place

    say()
    if done.step is None:
        say(after(home, done))
    else:
        where = place(root, home, chosen_exercise(home, done.step.exercise))
        say(translate(NEXT, home.language, {"exercise": done.step.exercise, "place": where}))
    say(translate(PUBLIC, home.language))
