"""Broadcasting, and the sums that undo it: each is the gradient of the other.

Source: tools/autograd/derivatives.yaml and aten/src/ATen/ExpandUtils.h, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import dtype_of
from ..layout import in_order
from ..size import Sizes, is_expandable, sizes_from
from .operation import Operation, array_of
from .shapes import ViewBackward0, unsqueeze_all
from .views import ViewOperation


class ExpandBackward0(ViewOperation):
    """The elements repeated along dimensions of size 1 and new leading ones. Source: `expand`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "_size")
    gradients = (lambda grad, sizes, size: sum_to(grad, sizes),)

    @staticmethod
    def forward(x: Any, sizes: Sizes, size: Sizes) -> Any:
        expanded = np.broadcast_to(x, size)
        # Whether elements that share memory may change is for in-place operations to say.
        expanded.flags.writeable = not isinstance(x, np.ndarray) or x.flags.writeable
        return expanded


class SumBackward0(Operation):
    """The sum of all elements. Source: `sum`, derivatives.yaml."""

    keeps = ("self_sym_sizes",)
    gradients = (lambda grad, sizes: expand(grad, sizes),)

    @staticmethod
    def forward(x: Any, sizes: Sizes) -> Any:
        return np.sum(x)


class SumBackward1(Operation):
    """The sums over some dimensions. Source: `sum.dim_IntList`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "dim", "keepdim")
    gradients = (lambda grad, sizes, dim, keepdim: spread(grad, sizes, dim, keepdim),)

    @staticmethod
    def forward(x: Any, sizes: Sizes, dim: Sizes, keepdim: bool) -> Any:
        return in_order(np.sum(x, axis=dim if sizes else None, keepdims=keepdim))


def expand(x: Any, *size: Any) -> Any:
    """`x` repeated to the shape `size`; -1 keeps a dimension.

    Raises: RuntimeError when a dimension that is not 1 would change, or for fewer sizes than dimensions.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    shape, target = tuple(x.shape), sizes_from(size, "expand(): argument 'size'")
    lead = len(target) - len(shape)
    if lead < 0:
        kind = dtype_of(array_of(x).dtype).cpp_tensor_type
        raise RuntimeError(
            f"expand({kind}{{{list(shape)}}}, size={list(target)}): the number of sizes provided ({len(target)}) "
            f"must be greater or equal to the number of dimensions in the tensor ({len(shape)})"
        )
    for i, new in enumerate(target[:lead]):
        if new < 0:
            raise RuntimeError(
                f"The expanded size of the tensor ({new}) isn't allowed in a leading, non-existing dimension {i}"
            )
    wanted = tuple(shape[i - lead] if n == -1 and i >= lead else n for i, n in enumerate(target))
    for i in reversed(range(lead, len(wanted))):
        old, new = shape[i - lead], wanted[i]
        if old not in (1, new):
            raise RuntimeError(
                f"The expanded size of the tensor ({new}) must match the existing size ({old}) at non-singleton "
                f"dimension {i}.  Target sizes: {list(target)}.  Tensor sizes: {list(shape)}"
            )
    return ExpandBackward0.run(x, constants=(shape, wanted))


def sum_to_size(x: Any, *size: Any) -> Any:
    """`x` summed over the dimensions that broadcasting added or stretched, so that it has the shape `size`.

    Raises: RuntimeError for a shape that broadcasting can't turn into that of `x`.
    Source: `sum_to_size`, aten/src/ATen/native/ReduceOps.cpp.
    """
    wanted = sizes_from(size, "sum_to_size(): argument 'size'")
    if not is_expandable(wanted, x.shape):
        raise RuntimeError(f"size {{{list(wanted)}}} is not expandable to size {{{list(x.shape)}}}.")
    return sum_to(x, wanted)


def sum_to(x: Any, shape: Sizes) -> Any:
    """`x` summed to a shape that broadcasting turns into that of `x`. Source: `sum_to`, aten/src/ATen/ExpandUtils.h."""
    sizes = tuple(x.shape)
    if not shape:
        return SumBackward0.run(x, constants=(sizes,)) if sizes else x
    lead = len(sizes) - len(shape)
    stretched = [place for place, n in enumerate(shape, lead) if n == 1 != sizes[place]]
    dims = (*range(lead), *stretched)
    if dims:
        x = SumBackward1.run(x, constants=(sizes, dims, True))
    return ViewBackward0.run(x, constants=(tuple(x.shape), shape)) if lead else x


def spread(grad: Any, sizes: Sizes, dim: Sizes, keepdim: bool) -> Any:
    """The gradient of a reduction over `dim`, repeated over the reduced dimensions.

    Source: `sum_backward`, FunctionsManual.cpp.
    """
    return expand(grad if keepdim or not sizes else unsqueeze_all(grad, tuple(sorted(dim))), sizes)
