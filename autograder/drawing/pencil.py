"""`from autograder import draw`: pictures of live graphs, in notebooks and wherever there is Python."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from autograder.drawing.display import Drawing
from autograder.drawing.film import film
from autograder.drawing.live import home_language, live_graph, variables
from autograder.drawing.notes import notes_of
from autograder.drawing.svg import describe_diff, describe_graph, draw_diff
from autograder.drawing.svg import draw as draw_graph
from autograder.drawing.words import speaker
from autograder.model.language import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from autograder.drawing.display import Film
    from autograder.drawing.live import LiveGraph

EQUAL = sentence("The two graphs are equal.")


class Pencil:
    """Draws graphs, whoever recorded them: a student's package, the reference or PyTorch."""

    def __call__(
        self,
        *roots: Any,
        values: bool = False,
        shapes: bool = False,
        title: str = "",
        language: str | None = None,
        **leaves: Any,
    ) -> Drawing:
        """The graph behind some tensors (or nodes, or edges) as a picture.

        Leaves are named by keyword, `draw(out, x=x)`, or by the caller's variables. `values` shows what leaves, their
        gradients and saved tensors hold, `shapes` the shapes of all. The language is that of the workspace.

        Raises:
            TypeError: a root is no tensor, node or edge, or a node's edges are not pairs (node, input_nr).
        """
        live = live_graph(roots, leaves, variables(sys._getframe(1)))  # noqa: SLF001 - only names, see `variables`
        return picture(live, values=values, shapes=shapes, title=title, language=language or home_language())

    def diff(
        self, expected: Any, found: Any, *, title: str = "", language: str | None = None, **leaves: Any
    ) -> Drawing:
        """Two graphs in one picture: what `found` lacks, what it has beyond `expected`, what it has elsewhere.

        Leaves are named by keyword; where the two graphs have leaves of their own, by pairs: `x=(expected_x, x)`. A
        leaf that both graphs reach may be named by the caller's variable.

        Raises:
            TypeError: an argument is no tensor, node or edge, or a node's edges are not pairs (node, input_nr).
        """
        around = variables(sys._getframe(1))  # noqa: SLF001 - only names, see `variables`
        old, new = (live_graph([root], _side(leaves, side), {}) for side, root in enumerate((expected, found)))
        shared = {id(leaf) for leaf in _leaves(old.nodes)} & {id(leaf) for leaf in _leaves(new.nodes)}
        both = {name: value for name, value in around.items() if id(value) in shared}
        old, new = (live_graph([root], _side(leaves, side), both) for side, root in enumerate((expected, found)))
        told = language or home_language()
        sentences = describe_diff(old.graph, new.graph, roots=["root"], language=told)
        return Drawing(
            svg=draw_diff(old.graph, new.graph, title=title, roots=["root"], language=told),
            sentences=sentences or (speaker(told)(EQUAL),),
        )

    def backward(
        self, root: Any, gradient: Any = None, *, title: str = "", language: str | None = None, **leaves: Any
    ) -> Film:
        """The backward pass from a tensor as a film: who is ready, who waits, what the buffers hold, who runs.

        It is rehearsed, not run: no engine takes part, no hook is called and no `.grad` changes. The pass starts with
        `gradient`; a tensor of one element needs none.

        Raises:
            TypeError: the root is no tensor, node or edge, or a node's edges are not pairs (node, input_nr).
            UsageError: there is no pass to show, it needs a gradient to start with, or the graph is too large.
        """
        live = live_graph([root], leaves, variables(sys._getframe(1)))  # noqa: SLF001 - only names, see `variables`
        return film(live, gradient, title=title, language=language or home_language())


draw = Pencil()


def picture(live: LiveGraph, *, values: bool, shapes: bool, title: str, language: str) -> Drawing:
    """A live graph as a picture and in words."""
    notes = notes_of(live, values=values, shapes=shapes)
    return Drawing(
        svg=draw_graph(live.graph, title=title, roots=live.names, notes=notes, language=language),
        sentences=describe_graph(live.graph, roots=live.names, notes=notes, language=language),
    )


def _side(leaves: Mapping[str, Any], side: int) -> dict[str, Any]:
    """The leaves of one of two graphs."""
    return {name: leaf[side] if isinstance(leaf, tuple) else leaf for name, leaf in leaves.items()}


def _leaves(nodes: tuple[Any, ...]) -> list[Any]:
    """What the accumulators among some nodes add to."""
    return [node.variable for node in nodes if getattr(node, "variable", None) is not None]
