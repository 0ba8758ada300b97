"""Ways into the engine: `backward` and `grad`.

Source: torch/autograd/__init__.py, version 2.13.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .edge import gradient_edge
from .engine import Engine
from .tensor import Tensor

engine = Engine()


def backward(
    tensors: Any,
    grad_tensors: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    inputs: Any = None,
) -> None:
    """Add the gradient of `tensors` to the `.grad` of every leaf behind them, or of `inputs` alone."""
    roots = [tensors] if isinstance(tensors, Tensor) else list(tensors)
    given = [grad_tensors] * len(roots) if grad_tensors is None else _as_list(grad_tensors)
    gradients = [_first_gradient(root, gradient) for root, gradient in zip(roots, given, strict=True)]
    _check_roots(roots)
    engine.execute(
        [gradient_edge(root) for root in roots],
        gradients,
        keep_graph=create_graph if retain_graph is None else retain_graph,
        create_graph=create_graph,
        output_edges=[gradient_edge(each) for each in _as_list(inputs)] if inputs is not None else (),
    )


def tensor_backward(
    self: Tensor,
    gradient: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    inputs: Any = None,
) -> None:
    """Add the gradient of this tensor to the `.grad` of every leaf behind it, or of `inputs` alone."""
    backward(self, gradient, retain_graph, create_graph, inputs)


def _as_list(value: Any) -> list[Any]:
    return [value] if isinstance(value, Tensor) else list(value)


def _first_gradient(root: Tensor, gradient: Any) -> Any:
    """What a root receives: the user's gradient, or 1 for a tensor with one element."""
    if gradient is not None:
        return gradient
    if not root.requires_grad:
        return None
    if root.array.size != 1:
        raise RuntimeError("grad can be implicitly created only for scalar outputs")
    return Tensor(np.ones_like(root.array))


def _check_roots(roots: Sequence[Tensor]) -> None:
    for index, root in enumerate(roots):
        if not root.requires_grad:
            raise RuntimeError(f"element {index} of tensors does not require grad and does not have a grad_fn")
