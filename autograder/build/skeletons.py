"""A skeleton: the module that a student starts from, or the same with the reference's answers."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from autograder.build.pieces import cut
from autograder.build.reading import text_of
from autograder.build.stubs import render_stub
from autograder.build.templates import render
from autograder.build.translation import translate
from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.build.edition import Edition
    from autograder.model.course import Course
    from autograder.model.ids import ExerciseId


def render_skeleton(course: Course, module: str, edition: Edition) -> str:
    """The text of a student's module, "mytorch/node.py", from its template and the reference.

    Raises:
        CourseError: the template is wrong, or doesn't name each exercise of the module once.
    """
    template = course.root / "skeletons" / f"{module.removeprefix(f'{course.package}/')}.jinja"
    exercises = Exercises(course, module, edition)

    def exercise(exercise_id: str, caller: Callable[[], str] | None = None) -> str:
        text = exercises.render(exercise_id, caller)
        # In a line of its own the call's indentation stands in the template already; a block replaces whole lines.
        return f"{text}\n" if caller else text.lstrip()

    names = {"exercise": exercise, "given": lambda name: exercises.pieces.piece(name).lstrip()}
    text = render(course, template, edition, names)
    exercises.require_all(str(template))
    return text


class Exercises:
    """The exercises of one file of the solutions while a template asks for them; each must be asked for once.

    Attributes:
        pieces: the file's pieces, in the edition's language.
    """

    def __init__(self, course: Course, file: str, edition: Edition) -> None:
        self._course, self._file, self._edition = course, file, edition
        self._rendered: list[ExerciseId] = []
        path = course.solutions / file
        text = text_of(path)
        cut(str(path), text)  # first as it is, so that what isn't Python is a fault of the reference, with its line
        self.pieces = cut(str(path), translate(text, edition.catalogue))

    def render(self, exercise_id: str, caller: Callable[[], str] | None = None) -> str:
        """The answer or the stub of an exercise, indented as it is in the reference.

        Raises:
            CourseError: it is no exercise of this file, or was asked for before.
        """
        exercise = next((e for e in self._course.exercises if e.id == exercise_id), None)
        if exercise is None:
            raise CourseError(f'course.toml has no exercise "{exercise_id}"')
        if exercise.target.file != self._file:
            raise CourseError(f'exercise "{exercise_id}" belongs to {exercise.target.file}, not to {self._file}')
        if exercise.id in self._rendered:
            raise CourseError(f'exercise "{exercise_id}" is there twice')
        self._rendered.append(exercise.id)
        answer = self.pieces.answer(exercise.target.qualname)
        if self._edition.answers and exercise.id not in self._edition.unwritten:
            return answer
        return render_stub(answer, self._edition.level, *([textwrap.dedent(caller())] if caller else []))

    def require_all(self, template: str) -> None:
        """Nothing, when every exercise of the file was asked for.

        Raises:
            CourseError: some were not.
        """
        wanted = [e.id for e in self._course.exercises if e.target.file == self._file]
        if missing := [exercise_id for exercise_id in wanted if exercise_id not in self._rendered]:
            raise CourseError(
                f'{template}: lacks the exercises {", ".join(missing)}; write <%= exercise("…") %> for each'
            )
