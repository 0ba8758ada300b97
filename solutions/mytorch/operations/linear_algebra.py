"""Products of matrices and vectors.

Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

from typing import Any

from .operation import Operation
from .shapes import SqueezeBackward1, t, unsqueeze


class MmBackward0(Operation):
    """Matrix times matrix: (n, k) and (k, m) give (n, m)."""

    saves = {"self": (1,), "mat2": (0,)}
    gradients = (
        lambda grad, a, b: mm(grad, t(b)),
        lambda grad, a, b: mm(t(a), grad),
    )

    @staticmethod
    def forward(a: Any, b: Any) -> Any:
        return a @ b


class MvBackward0(Operation):
    """Matrix times vector: (n, k) and (k,) give (n,)."""

    saves = {"self": (1,), "vec": (0,)}
    gradients = (
        lambda grad, a, v: unsqueeze(grad, 1) * unsqueeze(v, 0),
        lambda grad, a, v: mv(t(a), grad),
    )

    @staticmethod
    def forward(a: Any, v: Any) -> Any:
        return a @ v


class DotBackward0(Operation):
    """Vector times vector: (n,) and (n,) give ()."""

    saves = {"self": (1,), "tensor": (0,)}
    gradients = (
        lambda grad, v, w: grad * w,
        lambda grad, v, w: grad * v,
    )

    @staticmethod
    def forward(v: Any, w: Any) -> Any:
        return v @ w


def mm(a: Any, b: Any) -> Any:
    """Matrix times matrix: (n, k) and (k, m) give (n, m)."""
    return MmBackward0.run(a, b)


def mv(a: Any, v: Any) -> Any:
    """Matrix times vector: (n, k) and (k,) give (n,)."""
    return MvBackward0.run(a, v)


def dot(v: Any, w: Any) -> Any:
    """Vector times vector: (n,) and (n,) give ()."""
    return DotBackward0.run(v, w)


def matmul(x: Any, other: Any) -> Any:
    """`x @ other` for vectors and matrices.

    Raises: RuntimeError for tensors of other dimensions.
    """
    dims = (len(x.shape), len(other.shape))
    if dims == (2, 2):
        return mm(x, other)
    if dims == (2, 1):
        return mv(x, other)
    if dims == (1, 1):
        return dot(x, other)
    if dims == (1, 2):
        product = mm(unsqueeze(x, 0), other)
        return SqueezeBackward1.run(product, constants=(tuple(product.shape), 0))
    raise RuntimeError(f"matmul of tensors of {dims[0]} and {dims[1]} dimensions is not supported")
