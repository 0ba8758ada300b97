"""Assignment: `x[key] = value` changes a view of `x` in place, or the places that lists of indices name.

Source: torch/csrc/autograd/python_variable_indexing.cpp and aten/src/ATen/TensorIndexing.h, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import check_overflow, type_name
from ..tensor import Tensor
from .broadcasting import expand
from .in_place import copy_, fill_, run_in_place
from .indexing import basic_index
from .keeping import kept
from .putting import IndexPutBackward0
from .shapes import view


def assign(x: Tensor, key: Any, value: Any) -> None:
    """`x[key] = value`, a number or a tensor, broadcast to the shape of `x[key]`.

    Raises: IndexError, ValueError and TypeError as `x[key]`; TypeError for another value; RuntimeError when its shape
    doesn't fit, on a leaf that requires grad, and for another dtype beside lists of indices.
    Source: `THPVariable_setitem`, torch/csrc/autograd/python_variable_indexing.cpp.
    """
    part, places = basic_index(x, key)
    if not isinstance(value, Tensor):
        value = _as_tensor(value, x)
    if places:
        sizes = _without_leading_ones(value.array.shape)
        value = value if sizes == value.array.shape else view(value, sizes)
        run_in_place(IndexPutBackward0, part, value, constants=kept((places, False)))
    else:
        # A key that takes all of `x`, such as `:` or `...`, changes `x` itself.
        _fill(x if part.array.shape == x.array.shape else part, value)


def _as_tensor(value: Any, like: Tensor) -> Tensor:
    """A number to be assigned, as a tensor of the dtype of `like`.

    Raises: TypeError for anything else; RuntimeError for a number that is too large.
    """
    if not isinstance(value, int | float | np.integer):
        raise TypeError(f"can't assign a {type_name(value)} to a {like.dtype.tensor_type}")
    check_overflow(value, like.array.dtype)
    return Tensor(np.asarray(value, like.array.dtype)[()])


def _fill(part: Tensor, value: Tensor) -> None:
    """Assign `value` to all of `part`: one without dimensions fills it, any other is copied.

    Source: `copy_to`, aten/src/ATen/TensorIndexing.h.
    """
    if part.ndim and not value.ndim:
        fill_(part, value)
    else:
        copy_(part, _expanded(value, part.array.shape))


def _expanded(value: Tensor, shape: tuple[int, ...]) -> Tensor:
    """`value` brought to `shape` by recorded views, as PyTorch does before it assigns."""
    if value.array.shape == shape:
        return value
    sizes = _without_leading_ones(value.array.shape)
    value = view(value, sizes)
    expanded: Tensor = value if sizes == shape else expand(value, shape)
    return expanded


def _without_leading_ones(shape: tuple[int, ...]) -> tuple[int, ...]:
    """`shape` from the first size on that is not 1.

    Source: `slicePrefix1sSize`, aten/src/ATen/TensorIndexing.h.
    """
    while shape and shape[0] == 1:
        shape = shape[1:]
    return shape
