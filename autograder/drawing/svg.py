"""SVG of one graph and of the difference between two, through a template that escapes all it is given."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from autograder.drawing.diff import scene_of_diff
from autograder.drawing.figure import MARGIN, figure_of
from autograder.drawing.scene import Scene, annotate, crop, scene_of
from autograder.drawing.shapes import badge_width, columns
from autograder.drawing.templating import templates_of
from autograder.drawing.tidy import tidy
from autograder.drawing.words import describe, differences, notices, speaker
from autograder.model.language import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from autograder.model.transcript import Graph

    Notes = Sequence[tuple[str, ...]]

CHARACTER = 7.6  # px, of the heading's font at 15 px
SPACE = 34.0  # px that a heading takes
GRAPH = sentence("Graph of a backward pass")
DIFFERENCE = sentence("Difference of two graphs")
NO_DIFFERENCE = sentence("No difference.")


def draw(graph: Graph, *, title: str = "", roots: Sequence[str] = (), notes: Notes = (), language: str = "en") -> str:
    """One graph as an `<svg>` element that stands alone or in a page; the same graph always gives the same text.

    `roots` are the names of the tensors at which the graph was entered, `title` is shown and read out, `notes` are
    lines to be written in the boxes, for each node and then for each root.
    """
    scene = _scene(graph, roots, notes)
    return _render(scene, title, GRAPH, describe(scene, speaker(language)), language)


def describe_graph(
    graph: Graph, *, roots: Sequence[str] = (), notes: Notes = (), language: str = "en"
) -> tuple[str, ...]:
    """What the picture of a graph shows, a sentence each."""
    return describe(_scene(graph, roots, notes), speaker(language))


def draw_diff(
    expected: Graph, found: Graph, *, title: str = "", roots: Sequence[str] = (), language: str = "en"
) -> str:
    """Two graphs as one `<svg>` element: what is missing, extra or elsewhere, by colour, by dashes and in words."""
    scene = crop(scene_of_diff(tidy(expected), tidy(found), tuple(roots)))
    say = speaker(language)
    sentences = differences(scene, say) or (say(NO_DIFFERENCE),)
    sentences += notices(scene, say)
    return _render(scene, title, DIFFERENCE, sentences, language)


def describe_diff(expected: Graph, found: Graph, *, roots: Sequence[str] = (), language: str = "en") -> tuple[str, ...]:
    """What differs between two graphs, a sentence each; empty where they are equal."""
    return differences(scene_of_diff(tidy(expected), tidy(found), tuple(roots)), speaker(language))


def _scene(graph: Graph, roots: Sequence[str], notes: Notes) -> Scene:
    return crop(annotate(scene_of(tidy(graph), tuple(roots)), notes))


def _render(scene: Scene, heading: str, fallback: str, sentences: tuple[str, ...], language: str) -> str:
    """The text of a picture, its ids made from what it shows."""
    say = speaker(language)
    figure = figure_of(scene, say)
    told = notices(scene, say)
    title = heading or say(fallback)
    wide = max([columns(text) * CHARACTER for text in (heading, *told) if text], default=0) + 2 * MARGIN
    width = max(figure.width, wide)
    above, below = (SPACE if heading else 0), 18 * len(told)
    text = (
        environment()
        .get_template("graph.svg.jinja")
        .render(
            figure=figure,
            heading=heading,
            title=title,
            sentences=sentences,
            notices=told,
            language=language,
            width=width,
            height=above + figure.height + below,
            shift_x=(width - figure.width) / 2,
            shift_y=above,
            id="g" + hashlib.sha256(repr((scene, title, language)).encode()).hexdigest()[:12],
        )
    )
    return text.strip() + "\n"


@cache
def environment() -> Environment:
    """The room's templates, autoescaped."""
    environment = templates_of("autograder.drawing")
    environment.filters["badge_width"] = badge_width
    return environment
