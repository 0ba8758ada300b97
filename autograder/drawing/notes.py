"""What may be written in a node's box besides its name: shapes, a leaf's value and gradient, saved values."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from autograder.drawing.numbers import shape_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.drawing.live import LiveGraph

SAVED = "_saved_"
MOST_SAVED = 4  # of one node


def notes_of(live: LiveGraph, *, values: bool, shapes: bool) -> tuple[tuple[str, ...], ...]:
    """The lines of each box of the graph's scene: first its nodes, then its roots.

    They are written as one types them in Python, so they need no translation.
    """
    nodes = [
        (*(_shape_notes(node) if shapes else ()), *(_node_values(node, record.leaf) if values else ()))
        for node, record in zip(live.nodes, live.graph.nodes, strict=True)
    ]
    roots = (
        tuple(_root_notes(root, name, values=values, shapes=shapes))
        for root, name in zip(live.roots, live.names, strict=True)
    )
    return (*nodes, *roots)


def _shape_notes(node: Any) -> Iterator[str]:
    """The shapes of the gradients that a node takes, which are those of the results of its operation."""
    inputs = getattr(node, "_input_metadata", ())
    shapes = [shape_text(each.shape) for each in inputs]
    if shapes:
        yield f"shape {shapes[0]}" if len(shapes) == 1 else f"shapes {', '.join(shapes)}"


def _node_values(node: Any, leaf: str | None) -> Iterator[str]:
    variable: Any = getattr(node, "variable", None)
    if hasattr(variable, "tolist"):
        name = leaf or "variable"
        yield f"{name} = {value_text(variable)}"
        yield f"{name}.grad = {value_text(variable.grad)}"
        return
    yield from islice(_saved_notes(node), MOST_SAVED)


def _saved_notes(node: Any) -> Iterator[str]:
    """The tensors and numbers that a node keeps; for one that can't be had any more, what asking for it raises."""
    names = [name for name in dir(node) if name.startswith(SAVED)] or _unlisted_names(node)
    for name in [*names, *(["saved_tensors"] if hasattr(type(node), "saved_tensors") else [])]:
        try:
            value = getattr(node, name)
        except RuntimeError as error:
            yield f"{name}: {type(error).__name__}"
            continue
        if name == "saved_tensors" or not isinstance(value, tuple | list):  # else it is only a shape
            yield f"{name} = {value_text(value)}"


def _unlisted_names(node: Any) -> list[str]:
    """The reference's nodes answer to the names of what they save, but don't list them."""
    return sorted(f"{SAVED}{name}" for name in (*getattr(node, "saves", ()), *getattr(node, "keeps", ())))


def _root_notes(root: Any, name: str, *, values: bool, shapes: bool) -> Iterator[str]:
    if shapes and hasattr(root, "shape"):
        yield f"shape {shape_text(root.shape)}"
    if values and hasattr(root, "tolist"):
        yield f"{name} = {value_text(root)}"
