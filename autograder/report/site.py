"""What all the instructor's pages of a class have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from autograder.model.check import Check
    from autograder.model.course import Course
    from autograder.model.ids import CheckId, Language, StudentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A course and where its pages lie, by paths relative to the site's root; without a path there is no link.

    `translate` puts a course's English text (a check's title) into the language.
    """

    course: Course
    checks: tuple[Check, ...]
    language: Language
    translate: Callable[[str], str] = str
    index: str = "index.html"
    student_pages: Mapping[StudentId, str] = field(default_factory=dict)
    check_pages: Mapping[CheckId, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The course's title."""
        return self.course.title[self.language]
