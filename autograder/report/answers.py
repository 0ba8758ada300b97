"""What a student wrote in a lesson in their own words: text that is not the lesson's."""

from __future__ import annotations

import re

from autograder.model.record import Record
from autograder.report.notebook import cells, text_of

_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


class Answer(Record, frozen=True):
    """A text cell of the student's, and the heading of the lesson that it stands under."""

    heading: str
    text: str


def answers(executed: bytes, untouched: bytes) -> tuple[Answer, ...]:
    """The text cells of an executed notebook that the untouched lesson has not, or has otherwise, in order."""
    lesson = {cell.get("id"): text_of(cell) for cell in cells(untouched)}
    found: list[Answer] = []
    heading = ""
    for cell in cells(executed):
        text, original = text_of(cell), lesson.get(cell.get("id"), "")
        if headings := _HEADING.findall(original):
            heading = headings[-1]
        if cell.get("cell_type") == "markdown" and text.strip() and text != original:
            found.append(Answer(heading=heading, text=text))
    return tuple(found)
