"""A verdict's cause as a page shows it: the sentence, the two sides, the picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from autograder.checks.words import words
from autograder.drawing import describe_diff, draw_diff
from autograder.model.ids import Language
from autograder.model.record import Record

if TYPE_CHECKING:
    from autograder.model.verdict import Cause, Difference

AFTER_ROOT = re.compile(r"\.(?:grad_fn|function|next_functions|name|output_nr|input_nr|requires_grad)\b| \(")


class Shown(Record, frozen=True):
    """Why a check did not pass, in words and, where a graph differs, as an SVG. Empty where there is nothing to say."""

    sentence: str = ""
    path: str = ""
    expected: str = ""
    found: str | None = None
    line: int | None = None
    steps: tuple[str, ...] = ()  # each difference of the two graphs in words
    svg: str = ""
    traceback: str = ""

    @property
    def picture(self) -> Markup:
        """The SVG, which the drawing's template has escaped."""
        return Markup(self.svg)  # noqa: S704 - made by our own template from a graph, see drawing/


def shown(cause: Cause | None, language: str) -> Shown:
    """A cause in a language."""
    if cause is None:
        return Shown()
    told = words(cause, Language(language))
    difference = cause.difference
    if difference is None:
        return Shown(sentence=told, traceback=cause.traceback, line=cause.line)
    steps, svg = _graphs(difference, language)
    return Shown(
        sentence=told,
        path=difference.path,
        expected=difference.expected,
        found=difference.found,
        line=difference.line,
        steps=steps,
        svg=svg,
        traceback=cause.traceback,
    )


def _graphs(difference: Difference, language: str) -> tuple[tuple[str, ...], str]:
    """The differences of the two graphs in words and as a picture, if there are two graphs."""
    if difference.graphs is None:
        return (), ""
    expected, found = difference.graphs
    only_root = len(expected.roots) == len(found.roots) == 1
    roots = (AFTER_ROOT.split(difference.path)[0],) if only_root else ()
    steps = describe_diff(expected, found, roots=roots, language=language)
    return steps, draw_diff(expected, found, roots=roots, language=language)
