"""Views: other shapes of the same numbers.

Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .operation import Operation


class ViewBackward0(Operation):
    """The same elements in another shape."""

    keeps = ("self_sym_sizes", "size")
    gradients = (lambda grad, sizes, size: reshape(grad, sizes),)
    is_view = True

    @staticmethod
    def forward(x: Any, sizes: tuple[int, ...], size: tuple[int, ...]) -> Any:
        return x.reshape(size)


class ExpandBackward0(Operation):
    """The elements repeated along dimensions of size 1 and new leading ones."""

    keeps = ("self_sym_sizes", "size")
    gradients = (lambda grad, sizes, size: sum_to_size(grad, sizes),)
    is_view = True

    @staticmethod
    def forward(x: Any, sizes: tuple[int, ...], size: tuple[int, ...]) -> Any:
        return np.broadcast_to(x, size)


class TBackward0(Operation):
    """A matrix with rows and columns exchanged."""

    gradients = (lambda grad: t(grad),)
    is_view = True

    @staticmethod
    def forward(x: Any) -> Any:
        return x.T


class UnsqueezeBackward0(Operation):
    """One more dimension of size 1."""

    keeps = ("dim",)
    gradients = (lambda grad, dim: SqueezeBackward1.run(grad, constants=(grad.shape, dim)),)
    is_view = True

    @staticmethod
    def forward(x: Any, dim: int) -> Any:
        return np.expand_dims(x, dim)


class SqueezeBackward1(Operation):
    """One dimension of size 1 less."""

    keeps = ("self_sym_sizes", "dim")
    gradients = (lambda grad, sizes, dim: unsqueeze(grad, dim) if sizes[dim] == 1 else grad,)
    is_view = True

    @staticmethod
    def forward(x: Any, sizes: tuple[int, ...], dim: int) -> Any:
        return x.squeeze(dim) if sizes[dim] == 1 else x[...]


def reshape(x: Any, *size: Any) -> Any:
    """The same elements in the shape `size`, given as one tuple or as numbers; one number may be -1.

    Raises: RuntimeError when the elements don't fit.
    """
    return ViewBackward0.run(x, constants=(tuple(x.shape), _resolved(_as_sizes(size), math.prod(x.shape))))


def expand(x: Any, *size: Any) -> Any:
    """`x` repeated to the shape `size`; -1 keeps a dimension."""
    wanted = _as_sizes(size)
    lead = len(wanted) - len(x.shape)
    wanted = tuple(x.shape[i - lead] if n == -1 else n for i, n in enumerate(wanted))
    return ExpandBackward0.run(x, constants=(tuple(x.shape), wanted))


def t(x: Any) -> Any:
    """A matrix with rows and columns exchanged."""
    return TBackward0.run(x)


def unsqueeze(x: Any, dim: int) -> Any:
    """`x` with a new dimension of size 1 at `dim`."""
    return UnsqueezeBackward0.run(x, constants=(dim,))


def sum_to_size(x: Any, *size: Any) -> Any:
    """`x` summed over the dimensions that broadcasting added or stretched, so that it has the shape `size`."""
    from .reductions import sum_dims

    wanted = _as_sizes(size)
    lead = len(x.shape) - len(wanted)
    dims = tuple(range(lead)) + tuple(lead + i for i, n in enumerate(wanted) if n == 1 and x.shape[lead + i] != 1)
    if dims:
        x = sum_dims(x, dims, True)
    return reshape(x, wanted) if lead else x


def _as_sizes(size: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(size[0]) if len(size) == 1 and not isinstance(size[0], int) else tuple(size)


def _resolved(size: tuple[int, ...], numel: int) -> tuple[int, ...]:
    known = math.prod(n for n in size if n != -1)
    wanted = tuple(numel // known if n == -1 and known else n for n in size)
    if math.prod(wanted) != numel:
        raise RuntimeError(f"shape '{list(size)}' is invalid for input of size {numel}")
    return wanted
