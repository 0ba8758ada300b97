"""How tensors lie in memory.

Source: `empty_like`, aten/src/ATen/native/TensorFactories.cpp, version 2.13.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np


def memory_order(array: Any) -> Literal["C", "K"]:
    """The order of memory, in numpy's letters, for what is computed from `array`.

    The dimensions lie in the order that they have in `array`, or as they are counted where its elements share memory.

    Source: `preserve_format`, aten/src/ATen/native/TensorFactories.cpp.
    """
    return "K" if all(array.strides) else "C"


def copied(array: Any, like: Any) -> Any:
    """`array` in memory of its own: with the strides of `like` if that fills its memory, else in the plain order.

    Shapes: the result has the shape of `array`.
    Source: `clone_obey_contract`, torch/csrc/autograd/utils/grad_layout_contract.h.
    """
    memory = np.empty_like(like, array.dtype, shape=array.shape)
    if memory.strides != like.strides:
        return array.copy()
    memory[...] = array
    return memory[()]


def ordered_like(first: Any, other: Any) -> Any:
    """`other`, in memory whose dimensions lie in the order of those of `first`, if these have one and are as many.

    Of two operands the first decides how a result lies in memory; numpy would take the plain order if either has it.

    Source: `TensorIteratorBase::reorder_dimensions`, aten/src/ATen/TensorIterator.cpp.
    """
    if other.ndim != first.ndim or not all(first.strides):
        return other
    memory = np.empty_like(first, other.dtype, shape=other.shape)
    if memory.strides == other.strides:
        return other
    memory[...] = other
    return memory


def has_internal_overlap(array: Any) -> bool:
    """Whether some elements share memory, as after `expand`.

    Source: `has_internal_overlap`, aten/src/ATen/MemoryOverlap.h.
    """
    return any(not stride and size > 1 for size, stride in zip(array.shape, array.strides, strict=True))


def overlaps_partly(a: Any, b: Any) -> bool:
    """Whether two arrays share memory, but not element by element; told only where both lie in memory without gaps.

    Source: `get_overlap_status`, aten/src/ATen/MemoryOverlap.h.
    """
    if not np.may_share_memory(a, b) or not (a.flags.forc and b.flags.forc):
        return False
    return bool(a.strides != b.strides or a.ctypes.data != b.ctypes.data or a.nbytes != b.nbytes)
