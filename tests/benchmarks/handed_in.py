"""A class's submissions for the benchmarks: a quarter answers, a quarter wrong, a quarter hostile, a quarter broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.grafting import grafted_files
from autograder.build.workspace import workspace_files
from tests.hostile import attacks
from tests.tiny_course import write_course

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from autograder.model.course import Course

NAMES = "import os\nGRADER, PARENT, HIDDEN, FOLDER, REPOSITORY = 1, os.getppid(), '/etc/shadow', '/root', '/root'\n"
BROKEN = (b"def broken(:\n", b"raise SystemExit\n", b"import os\nos._exit(3)\n", b"\xff\xfe not text")
SMALL_MISTAKES = (
    (b"worth += coin.cents", b"worth += 1"),
    (b"self.coins.append(coin)", b"pass"),
    (b"return worth", b"return"),
)
NO_PLOTS = ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "pass")


class Pattern(NamedTuple):
    """What a class's submissions are made from."""

    course: Course
    answers: dict[str, bytes]
    wrong: Sequence[dict[str, bytes]]  # what each mistake changes in the answers
    module: str  # where attacks and what can't be loaded are put


def small(folder: Path) -> Pattern:
    """The course of three checks, without its lesson's plot: a plot's package takes a second to import."""
    course = load_course(write_course(folder, NO_PLOTS))
    answers, module = _answers(course), "pocket/purse.py"
    return Pattern(course, answers, [{module: answers[module].replace(*each)} for each in SMALL_MISTAKES], module)


def real(root: Path) -> Pattern:
    """The course of this repository; its mutants of modules are what is wrong."""
    course = load_course(root)
    answers = _answers(course)
    wrong = []
    for mutant in sorted((course.solutions / "mutants").glob("*/*.py")):
        changed = grafted_files(course, mutant)
        module = f"{course.package}/{mutant.parent.name}.py"
        if module in answers:
            wrong.append({module: changed[module]})
    return Pattern(course, answers, wrong, f"{course.package}/engine.py")


def hand_in(folder: Path, pattern: Pattern, submissions: int) -> None:
    """Write so many submissions, no two alike."""
    for number in range(submissions):
        files = pattern.answers | _changed(pattern, number)
        files[pattern.module] += f"\n# {number}\n".encode()
        for path, data in files.items():
            file = folder / f"student-{number:05}" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def _answers(course: Course) -> dict[str, bytes]:
    return dict(workspace_files(course, edition_of(course, course.languages[0], answers=True)))


def _changed(pattern: Pattern, number: int) -> dict[str, bytes]:
    """What one student made of the answers: nothing, a mistake, an attack, or something that can't be loaded."""
    turn, kind = divmod(number, 4)
    attack = attacks.source(list(attacks.REFUSED)[turn % len(attacks.REFUSED)])
    return (
        {},
        pattern.wrong[turn % len(pattern.wrong)],
        {pattern.module: pattern.answers[pattern.module] + f"\n{NAMES}{attack}\n".encode()},
        {pattern.module: BROKEN[turn % len(BROKEN)]},
    )[kind]
