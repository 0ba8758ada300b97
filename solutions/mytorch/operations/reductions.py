"""Sums and means.

Source: tools/autograd/derivatives.yaml and `sum_backward`, torch/csrc/autograd/FunctionsManual.cpp, version 2.13.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..arguments import LEFT_OUT
from ..layout import in_order
from ..size import Sizes, several_dims
from .arithmetic import shrink
from .broadcasting import SumBackward0, SumBackward1, expand, spread
from .operation import Operation


class MeanBackward0(Operation):
    """The mean of all elements. Source: `mean`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "self_sym_numel")
    gradients = (lambda grad, sizes, numel: shrink(expand(grad, sizes), numel),)

    @staticmethod
    def forward(x: Any, sizes: Sizes, numel: int) -> Any:
        return np.sum(x) / x.dtype.type(numel)  # numpy's own mean warns where there is no element


class MeanBackward1(Operation):
    """The means over some dimensions. Source: `mean.dim`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "dim", "keepdim", "self_sym_numel")
    gradients = (
        lambda grad, sizes, dim, keepdim, numel: shrink(spread(grad, sizes, dim, keepdim), _count(sizes, dim)),
    )

    @staticmethod
    def forward(x: Any, sizes: Sizes, dim: Sizes, keepdim: bool, numel: int) -> Any:
        return in_order(np.sum(x, axis=dim if sizes else None, keepdims=keepdim)) / x.dtype.type(_count(sizes, dim))


def _count(sizes: Sizes, dim: Sizes) -> int:
    """How many elements the dimensions `dim` hold."""
    return math.prod(sizes[each] for each in dim) if sizes else 1


def reduce_sum(x: Any, dim: Any = LEFT_OUT, keepdim: bool = False) -> Any:
    """The sum of all elements, or the sums over the dimension or dimensions `dim`, over all of them for None.

    Shapes: that of `x` without `dim`, () for all elements; with `keepdim` the dimensions stay, of size 1.
    Raises: IndexError for a dimension out of range; RuntimeError for one that is named twice.
    Source: aten/src/ATen/native/ReduceOps.cpp.
    """
    if dim is LEFT_OUT:
        return SumBackward0.run(x, constants=(tuple(x.shape),))
    return SumBackward1.run(x, constants=(tuple(x.shape), _as_dims(dim, x), keepdim))


def reduce_mean(x: Any, dim: Any = LEFT_OUT, keepdim: bool = False) -> Any:
    """The mean of all elements, or the means over the dimension or dimensions `dim`, over all of them for None.

    Shapes: that of `x` without `dim`, () for all elements; with `keepdim` the dimensions stay, of size 1.
    Raises: RuntimeError for whole numbers, or a dimension that is named twice; IndexError for one out of range.
    Source: aten/src/ATen/native/ReduceOps.cpp.
    """
    if not x.dtype.is_floating_point:
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. "
            f"Got: {x.dtype.scalar_type}"
        )
    if dim is LEFT_OUT:
        return MeanBackward0.run(x, constants=(tuple(x.shape), math.prod(x.shape)))
    return MeanBackward1.run(x, constants=(tuple(x.shape), _as_dims(dim, x), keepdim, math.prod(x.shape)))


def _as_dims(dim: Any, x: Any) -> Sizes:
    """The dimensions in `dim`, counted from the front; all of them for none."""
    named = tuple(dim or ()) if isinstance(dim, tuple | list | None) else (dim,)
    return several_dims(named or range(len(x.shape)), x)
