"""What stands between the brackets of `x[…]`, and what is said about a key that doesn't fit.

Source: torch/csrc/autograd/python_variable_indexing.cpp and aten/src/ATen/native/IndexingUtils.h, version 2.13.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from types import EllipsisType, NoneType
from typing import Any

import numpy as np

from ..dtypes import type_name
from ..tensor import Tensor

FULL = slice(None)
ARRAYS = (Tensor, np.ndarray)

_NOT_A_TUPLE = (
    "Using a non-tuple sequence for multidimensional indexing is deprecated and will be changed in pytorch 2.9; use "
    "x[tuple(seq)] instead of x[seq]. In pytorch 2.9 this will be interpreted as tensor index, x[torch.tensor(seq)], "
    "which will result either in an error or a different result"
)


def parts_of(key: Any) -> tuple[Any, ...]:
    """The indices in a key, one or several; a list that holds more than numbers is taken for a tuple, as of old.

    Source: `treatSequenceAsTuple`, torch/csrc/autograd/python_variable_indexing.cpp.
    """
    if isinstance(key, tuple):
        return key
    if isinstance(key, list) and any(
        isinstance(each, Tensor | Sequence | np.ndarray | slice | EllipsisType | NoneType) for each in key
    ):
        warnings.warn(_NOT_A_TUPLE, UserWarning, stacklevel=4)
        return tuple(key)
    return (key,)


def count_dims(parts: tuple[Any, ...]) -> int:
    """How many dimensions of a tensor the indices consume.

    Source: `count_specified_dimensions`, torch/csrc/autograd/python_variable_indexing.cpp.
    """
    return sum(_dims_used(part) for part in parts)


def _dims_used(part: Any) -> int:
    if part is None or part is Ellipsis or isinstance(part, bool):
        return 0
    if isinstance(part, ARRAYS) and _array(part).dtype == np.bool_:
        return part.ndim
    return 1


def _array(part: Any) -> Any:
    """The array in a tensor, and an array itself: in a key both are the same."""
    return part.array if isinstance(part, Tensor) else part


def is_integer(part: Any) -> bool:
    """True for one whole number, also in a tensor without dimensions. Source: torch/csrc/utils/python_numbers.h."""
    if isinstance(part, ARRAYS):
        return part.ndim == 0 and _array(part).dtype.kind == "i"
    return isinstance(part, int | np.integer) and not isinstance(part, bool)


def is_flag(part: Any) -> bool:
    """True for one truth value, also in a tensor without dimensions.

    Source: `boolToIndexingTensor`, torch/csrc/autograd/python_variable_indexing.cpp.
    """
    if isinstance(part, ARRAYS):
        return part.ndim == 0 and _array(part).dtype == np.bool_
    return isinstance(part, bool)


def as_places(part: Any) -> Tensor:
    """A sequence, array or tensor of indices, or a mask, as a tensor; fractions in a sequence are dropped.

    Raises: IndexError for anything else, and for a tensor of fractions; TypeError for text.
    Source: `sequenceToVariable`, torch/csrc/autograd/python_variable_indexing.cpp.
    """
    if isinstance(part, Tensor):
        if part.array.dtype.kind not in "ib":
            raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
        return part
    if not isinstance(part, Sequence | np.ndarray):
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices "
            f"(got {type_name(part)})"
        )
    places = np.asarray(part)
    if places.dtype.kind not in "bif":
        raise TypeError(f"new(): invalid data type '{type_name(part)}'")
    return Tensor(places if places.dtype == np.bool_ else places.astype(np.int64))


def check_places(shape: tuple[int, ...], places: tuple[Any, ...]) -> None:
    """Refuse masks and lists of indices, `FULL` standing for dimensions without, that a tensor of `shape` can't have.

    Raises: IndexError with PyTorch's text.
    Source: `expandTensors`, aten/src/ATen/native/IndexingUtils.h, and `index_cpu_kernel`, IndexKernel.cpp.
    """
    lists: list[tuple[Any, int]] = []  # indices along one dimension, and its size
    dim = 0
    for place in places:
        if place is not FULL and place.dtype == np.bool_:
            _check_mask(shape, place, dim)
            lists += zip(place.nonzero(), shape[dim:], strict=False)
            dim += place.ndim
        else:
            if place is not FULL:
                lists.append((place, shape[dim]))
            dim += 1
    try:
        np.broadcast_shapes(*(found.shape for found, _ in lists))
    except ValueError:
        shapes = ", ".join(str(list(found.shape)) for found, _ in lists)
        raise IndexError(
            f"shape mismatch: indexing tensors could not be broadcast together with shapes {shapes}"
        ) from None
    for number, (found, size) in enumerate(lists):
        for wrong in found[(found < -size) | (found >= size)].flat[:1]:
            raise IndexError(f"index {wrong} is out of bounds for dimension {number} with size {size}")


def _check_mask(shape: tuple[int, ...], mask: Any, dim: int) -> None:
    """Refuse a mask that is not as large as the dimensions from `dim` on."""
    for axis, size in enumerate(mask.shape):
        if size != shape[dim + axis]:
            raise IndexError(
                f"The shape of the mask {list(mask.shape)} at index {axis} does not match the shape of the indexed "
                f"tensor {list(shape)} at index {dim + axis}"
            )
