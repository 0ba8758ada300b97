"""Gradients are brought to the shape and dtype of the values that they belong to.

Broadcasting leaves no node in the graph: here is where it is undone.
Source: `validate_outputs`, torch/csrc/autograd/engine.cpp, version 2.13.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .edge import Edge
from .metadata import OF_SCALARS, InputMetadata
from .node import Node
from .size import is_expandable


def validate_outputs(node: Node, gradients: tuple[Any, ...]) -> list[Any]:
    """`gradients` of `node`, one per edge, each reduced to the shape and cast to the dtype of the edge's input.

    Raises: RuntimeError when their number or their shape doesn't fit the edges.
    Source: `validate_outputs`, torch/csrc/autograd/engine.cpp.
    """
    edges = node.next_edges
    results = list(gradients)
    if len(results) != len(edges):
        results = without_surplus(node, results, len(edges))
    for index, edge in enumerate(edges):
        gradient = results[index]
        if gradient is None or edge.function is None:
            continue
        wanted = edge.function._input_metadata[edge.input_nr]
        # A numpy scalar of the right kind is the quick case; all of a kind share one record.
        if OF_SCALARS.get(type(gradient.array)) is not wanted and not wanted.fits(gradient.array):
            results[index] = _fit(node, index, gradient, wanted)
    return results


def check_root_gradients(root_edges: Sequence[Edge], gradients: Sequence[Any]) -> list[Any]:
    """`gradients` for the roots, after a check that there is one for each.

    Raises: RuntimeError when the numbers differ.
    Source: `Engine::execute`, torch/csrc/autograd/engine.cpp.
    """
    if len(root_edges) != len(gradients):
        raise RuntimeError(f"got {len(root_edges)} tensors and {len(gradients)} gradients")
    return list(gradients)


def without_surplus(node: Node, gradients: Sequence[Any], expected: int) -> list[Any]:
    """The `expected` first of the gradients that `node` returned; surplus ones may only be None.

    Raises: RuntimeError for too few, or for a surplus one that is there.
    Source: `validate_outputs`, torch/csrc/autograd/engine.cpp.
    """
    if len(gradients) < expected or any(gradient is not None for gradient in gradients[expected:]):
        raise RuntimeError(
            f"function {node.name()} returned an incorrect number of gradients "
            f"(expected {expected}, got {len(gradients)})"
        )
    return list(gradients[:expected])


def _fit(node: Node, index: int, gradient: Any, wanted: InputMetadata) -> Any:
    """`gradient` summed over what was broadcast, in the dtype that is wanted."""
    if gradient.array.shape != wanted.shape:
        if not is_expandable(wanted.shape, gradient.array.shape):
            raise RuntimeError(
                f"Function {node.name()} returned an invalid gradient at index {index} - got "
                f"{list(gradient.array.shape)} but expected shape compatible with {list(wanted.shape)}"
            )
        gradient = gradient._sum_to(wanted.shape)
    return gradient if gradient.array.dtype == wanted.dtype else gradient._cast(wanted.dtype)
