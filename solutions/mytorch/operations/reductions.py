"""Sums and means.

Source: tools/autograd/derivatives.yaml and `sum_backward`, torch/csrc/autograd/FunctionsManual.cpp, version 2.13.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .operation import Operation
from .shapes import expand, reshape

Dims = tuple[int, ...]


class SumBackward0(Operation):
    """The sum of all elements."""

    keeps = ("self_sym_sizes",)
    gradients = (lambda grad, sizes: expand(grad, sizes),)

    @staticmethod
    def forward(x: Any, sizes: Dims) -> Any:
        return np.sum(x)


class SumBackward1(Operation):
    """The sums over some dimensions."""

    keeps = ("self_sym_sizes", "dim", "keepdim")
    gradients = (lambda grad, sizes, dim, keepdim: _spread(grad, sizes, dim, keepdim),)

    @staticmethod
    def forward(x: Any, sizes: Dims, dim: Dims, keepdim: bool) -> Any:
        return np.sum(x, axis=dim, keepdims=keepdim)


class MeanBackward0(Operation):
    """The mean of all elements."""

    keeps = ("self_sym_sizes", "self_sym_numel")
    gradients = (lambda grad, sizes, numel: expand(grad, sizes) / numel,)

    @staticmethod
    def forward(x: Any, sizes: Dims, numel: int) -> Any:
        return np.mean(x)


class MeanBackward1(Operation):
    """The means over some dimensions."""

    keeps = ("self_sym_sizes", "dim", "keepdim")
    gradients = (
        lambda grad, sizes, dim, keepdim: _spread(grad, sizes, dim, keepdim) / math.prod(sizes[d] for d in dim),
    )

    @staticmethod
    def forward(x: Any, sizes: Dims, dim: Dims, keepdim: bool) -> Any:
        return np.mean(x, axis=dim, keepdims=keepdim)


def sum_dims(x: Any, dim: Dims, keepdim: bool) -> Any:
    """The sums of `x` over the dimensions `dim`."""
    return SumBackward1.run(x, constants=(tuple(x.shape), dim, keepdim))


def reduce_sum(x: Any, dim: Any = None, keepdim: bool = False) -> Any:
    """The sum of all elements, or the sums over the dimension or dimensions `dim`."""
    if dim is None:
        return SumBackward0.run(x, constants=(tuple(x.shape),))
    return sum_dims(x, _as_dims(dim), keepdim)


def reduce_mean(x: Any, dim: Any = None, keepdim: bool = False) -> Any:
    """The mean of all elements, or the means over the dimension or dimensions `dim`."""
    if dim is None:
        return MeanBackward0.run(x, constants=(tuple(x.shape), math.prod(x.shape)))
    return MeanBackward1.run(x, constants=(tuple(x.shape), _as_dims(dim), keepdim))


def _as_dims(dim: Any) -> Dims:
    return (dim,) if isinstance(dim, int) else tuple(dim)


def _spread(grad: Any, sizes: Dims, dim: Dims, keepdim: bool) -> Any:
    """`grad` of a reduction, repeated over the reduced dimensions."""
    if not keepdim:
        reduced = {d % len(sizes) for d in dim} if sizes else set()
        grad = reshape(grad, tuple(1 if d in reduced else n for d, n in enumerate(sizes)))
    return expand(grad, sizes)
