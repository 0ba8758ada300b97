"""Ways into the engine: `backward` and `grad`.

Source: torch/autograd/__init__.py and torch/csrc/autograd/python_engine.cpp, version 2.13.
"""

from __future__ import annotations

import operator
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from .creation import zeros_like
from .dtypes import type_name
from .edge import Edge, gradient_edge
from .engine import Engine
from .gradient_edge import GradientEdge
from .tensor import Tensor
from .warn_once import warn_once

engine = Engine()

_CYCLE = (
    "Using backward() with create_graph=True will create a reference cycle between the parameter and its gradient "
    "which can cause a memory leak. We recommend using autograd.grad when creating the graph to avoid this. If you "
    "have to use this function, make sure to reset the .grad fields of your parameters to None after use to break the "
    "cycle and avoid the leak."
)


def backward(
    tensors: Any,
    grad_tensors: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    grad_variables: None = None,
    inputs: Any = None,
) -> None:
    """Add the gradients of `tensors` to the `.grad` of every leaf behind them, or of `inputs` alone.

    `grad_tensors` holds one gradient a tensor, in its shape; None stands for 1 where there is one element.

    Raises: RuntimeError for tensors that don't require grad, gradients that are missing or of another shape, `inputs`
    without grad or none at all, and a graph that was freed; TypeError for gradients that are no tensors;
    NotImplementedError for `grad_variables`, an old name.
    Source: torch/autograd/__init__.py.
    """
    if grad_variables is not None:
        raise NotImplementedError("backward(grad_variables=) is not supported here: use grad_tensors")
    wanted = _as_sequence(inputs) if inputs is not None else None
    if wanted is not None and not wanted:
        raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
    roots = _as_sequence(tensors)
    gradients = _first_gradients(roots, grad_tensors)
    keep_graph, create_graph = _flags(retain_graph, create_graph)
    if create_graph:
        warn_once(_CYCLE)
    engine.execute(
        [_root_edge(place, root) for place, root in enumerate(roots)],
        gradients,
        keep_graph=keep_graph,
        create_graph=create_graph,
        output_edges=[_retained(each) for each in wanted or ()],
    )


def tensor_backward(
    self: Tensor,
    gradient: Any = None,
    retain_graph: Any = None,
    create_graph: Any = False,
    inputs: Any = None,
) -> None:
    """Add the gradient of this tensor to the `.grad` of every leaf behind it, or of `inputs` alone.

    `gradient`, in the shape of this tensor, may be left out for a single element, where it is 1.

    Raises: RuntimeError for a tensor that doesn't require grad, a gradient that is missing or of another shape,
    `inputs` without grad, and a graph that was freed; TypeError for a gradient that is no tensor.
    Source: torch/_tensor.py.
    """
    backward(self, gradient, retain_graph, create_graph, inputs=inputs)


def grad(  # noqa: PLR0913, PLR0917  # PyTorch's signature
    outputs: Any,
    inputs: Any,
    grad_outputs: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: bool | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> Any:
    """The gradients of `outputs` with respect to `inputs`, each in the shape of its input.

    They come as a tuple, or a dict for a dict, and no `.grad` changes. `only_inputs` is ignored, as PyTorch does.

    Raises: RuntimeError for tensors that don't require grad, gradients that are missing or of another shape, an input
    that wasn't used unless `allow_unused`, and a graph that was freed; TypeError for gradients that are no tensors;
    ValueError for options that contradict each other; NotImplementedError for `is_grads_batched`.
    Source: torch/autograd/__init__.py.
    """
    if is_grads_batched:
        raise NotImplementedError(
            "grad(is_grads_batched=True) is not supported here: call grad once for each gradient, with "
            "retain_graph=True, and torch.stack the results"
        )
    if not only_inputs:
        warnings.warn(
            "only_inputs argument is deprecated and is ignored now (defaults to True). To accumulate gradient for "
            "other parts of the graph, please use torch.autograd.backward.",
            FutureWarning,
            stacklevel=2,
        )
    if materialize_grads and allow_unused is False:
        raise ValueError(
            "Expected allow_unused to be True or not passed when materialize_grads=True, but got: allow_unused=False."
        )
    wanted = tuple(inputs.values()) if isinstance(inputs, dict) else _as_sequence(inputs)
    if not wanted:
        raise RuntimeError("`inputs` argument to `grad()` cannot be empty.")
    roots = _as_sequence(outputs)
    gradients = _first_gradients(roots, grad_outputs)
    keep_graph, create_graph = _flags(retain_graph, create_graph)
    allow_unused = _flag(materialize_grads if allow_unused is None else allow_unused)
    results = engine.execute(
        [_root_edge(place, root) for place, root in enumerate(roots)],
        gradients,
        keep_graph=keep_graph,
        create_graph=create_graph,
        accumulate_grad=False,
        output_edges=[_input_edge(each) for each in wanted],
    )
    if materialize_grads:
        pairs = zip(results, wanted, strict=True)
        results = tuple(_materialized(result, each, create_graph) for result, each in pairs)
    elif not allow_unused:
        _check_used(results)
    return dict(zip(inputs, results, strict=True)) if isinstance(inputs, dict) else results


def _as_sequence(value: Any) -> Sequence[Any]:
    """One tensor or gradient edge, or several."""
    return (value,) if isinstance(value, Tensor | GradientEdge) else tuple(value)


def _flags(retain_graph: Any, create_graph: Any) -> tuple[bool, bool]:
    """Whether the pass keeps its graph, and whether it is recorded; without a word, what is recorded is kept."""
    return _flag(create_graph if retain_graph is None else retain_graph), _flag(create_graph)


def _flag(given: Any) -> bool:
    """A truth value, given as one or as a whole number.

    Raises: TypeError for anything else.
    Source: `THPEngine_run_backward`, torch/csrc/autograd/python_engine.cpp.
    """
    return bool(operator.index(given))


def _first_gradients(roots: Sequence[Any], given: Any) -> list[Any]:
    """One gradient a root, as far as both lists reach: the user's, or 1."""
    gradients = (None,) * len(roots) if given is None else _as_sequence(given)
    pairs = zip(roots, gradients, strict=False)
    checked = [_first_gradient(place, root, gradient) for place, (root, gradient) in enumerate(pairs)]
    if len(checked) != len(roots):
        raise RuntimeError(f"got {len(roots)} tensors and {len(checked)} gradients")
    return checked


def _first_gradient(place: int, root: Any, gradient: Any) -> Any:
    """What one root receives."""
    shape, dtype = _form(root)
    if gradient is None:
        if isinstance(root, Tensor) and not root.requires_grad:
            return None
        if np.prod(shape, dtype=int) != 1:
            raise RuntimeError("grad can be implicitly created only for scalar outputs")
        return Tensor(np.ones(shape, dtype)[()])
    if not isinstance(gradient, Tensor):
        raise TypeError(f"gradients can be either Tensors or None, but got {type(gradient).__name__}")
    if gradient.array.shape != shape:
        raise RuntimeError(
            f"Mismatch in shape: grad_output[{place}] has a shape of {gradient.shape} and output[{place}] has a shape "
            f"of torch.Size({list(shape)})."
        )
    return gradient


def _form(root: Any) -> tuple[tuple[int, ...], Any]:
    """Shape and numpy dtype of a root.

    Raises: AssertionError for anything but a tensor or an edge.
    """
    if isinstance(root, GradientEdge):
        metadata = root.node._input_metadata[root.output_nr]
        return metadata.shape, metadata.dtype
    if not isinstance(root, Tensor):
        raise AssertionError("Expected output to be a torch.Tensor")  # noqa: TRY004  # as PyTorch
    return root.array.shape, root.array.dtype


def _root_edge(place: int, root: Any) -> Edge:
    """The edge toward a root's node.

    Raises: RuntimeError for a tensor outside any graph.
    """
    if isinstance(root, GradientEdge):
        return Edge(root.node, root.output_nr)
    edge = gradient_edge(root)
    if edge.function is None:
        raise RuntimeError(f"element {place} of tensors does not require grad and does not have a grad_fn")
    return edge


def _input_edge(wanted: Any) -> Edge:
    """The edge on which the gradient of an input arrives.

    Raises: RuntimeError for a tensor that requires no gradient, and for anything but a tensor or an edge.
    """
    if isinstance(wanted, GradientEdge):
        return Edge(wanted.node, wanted.output_nr)
    if not isinstance(wanted, Tensor):
        raise RuntimeError(  # noqa: TRY004  # as PyTorch
            f"all inputs have to be Tensors or GradientEdges, but got {type_name(wanted)}"
        )
    if not wanted.requires_grad:
        raise RuntimeError("One of the differentiated Tensors does not require grad")
    return gradient_edge(wanted)


def _retained(wanted: Any) -> Edge:
    """The edge of an input of `backward`, whose gradient is to be kept in `.grad`."""
    if isinstance(wanted, Tensor):
        wanted.retain_grad()
    return _input_edge(wanted)


def _materialized(result: Any, wanted: Any, requires_grad: bool) -> Any:
    """A gradient, zeros where none came.

    Raises: RuntimeError where none came to an edge.
    """
    if result is not None:
        return result
    if isinstance(wanted, GradientEdge):
        raise RuntimeError(  # noqa: TRY004  # as PyTorch
            "materialize_grads cannot be used when the given input is a GradientEdge"
        )
    return zeros_like(wanted, requires_grad=requires_grad)


def _check_used(results: Sequence[Any]) -> None:
    for place, result in enumerate(results):
        if result is None:
            raise RuntimeError(
                f"The differentiated Tensor at index {place} appears to not have been used in the graph. Set "
                "allow_unused=True if this is the desired behavior."
            )
