"""What a rule finds: something that the course's author can mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.build.naming import named
from autograder.model.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.course import Course
    from autograder.model.errors import CourseError


class Fault(Record, frozen=True):
    """A fault in one place, as a sentence: what was expected, what was found, what to do."""

    file: str  # as people name it, with a line where one is known
    message: str
    rule: str = ""  # that found it

    def __str__(self) -> str:
        return f"{self.file}: {self.message}" + (f" [{self.rule}]" if self.rule else "")


def fault(course: Course, file: Path, expected: str, found: str, remedy: str) -> Fault:
    """A fault in a file of the course."""
    return Fault(file=named(course, file), message=f"expected {expected}, found {found}; {remedy}")


def broken(course: Course, error: CourseError) -> Fault:
    """What keeps something from being made of a course at all, as a fault like the others."""
    file, _, message = str(error).partition(": ")
    return Fault(file=file.removeprefix(f"{course.root.parent}/"), message=message.partition("\n")[0])
