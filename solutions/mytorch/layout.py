"""How tensors lie in memory.

Source: `empty_like`, aten/src/ATen/native/TensorFactories.cpp, version 2.13.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np

SHARED = (
    "unsupported operation: {} to a single memory location. Please clone() the tensor before performing the operation."
)


def memory_order(array: Any) -> Literal["C", "K"]:
    """The order of memory, in numpy's letters, for what is computed from `array`.

    "K" keeps the order in which the dimensions of `array` lie; "C" is for arrays some of whose strides are 0, as after
    `expand`: their dimensions lie in the order in which they are counted.

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
    """`other`, in memory whose dimensions lie in the order of those of `first`, if these have one and the same sizes.

    Of two operands the first decides how a result lies in memory; numpy would take the plain order if either has it.

    Source: `TensorIteratorBase::reorder_dimensions`, aten/src/ATen/TensorIterator.cpp.
    """
    if np.shape(other) != first.shape or not all(first.strides):
        return other
    memory = np.empty_like(first, other.dtype, shape=other.shape)
    if memory.strides == other.strides:
        return other
    memory[...] = other
    return memory


def in_order(array: Any) -> Any:
    """`array`, in memory in the order in which its dimensions are counted, as sums come whatever they are sums of.

    Source: `make_reduction`, aten/src/ATen/native/ReduceOpsUtils.h.
    """
    return array if array.flags.c_contiguous else array.copy()


def check_internal_overlap(memory: Any) -> None:
    """Refuse to write where some elements share memory, as after `expand`.

    Raises: RuntimeError with PyTorch's text.
    Source: `assert_no_internal_overlap`, aten/src/ATen/MemoryOverlap.h.
    """
    if any(not stride and size > 1 for size, stride in zip(memory.shape, memory.strides, strict=True)):
        raise RuntimeError(SHARED.format("more than one element of the written-to tensor refers"))


def check_overlap(memory: Any, other: Any, shares: Callable[[Any, Any], bool]) -> None:
    """Refuse to write over what is still to be read from `other`, if `shares` says that both have that in common.

    Raises: RuntimeError with PyTorch's text.
    Source: `assert_no_partial_overlap` and `assert_no_overlap`, aten/src/ATen/MemoryOverlap.h.
    """
    if shares(memory, other):
        raise RuntimeError(SHARED.format("some elements of the input tensor and the written-to tensor refer"))


def shares_memory(a: Any, b: Any) -> bool:
    """Whether two arrays share memory; told only where both lie in memory without gaps.

    Source: `get_overlap_status`, aten/src/ATen/MemoryOverlap.h.
    """
    return np.may_share_memory(a, b) and bool(a.flags.forc and b.flags.forc)


def overlaps_partly(a: Any, b: Any) -> bool:
    """Whether two arrays share memory, but not element by element.

    Source: `get_overlap_status`, aten/src/ATen/MemoryOverlap.h.
    """
    if not shares_memory(a, b):
        return False
    return bool(a.strides != b.strides or a.ctypes.data != b.ctypes.data or a.nbytes != b.nbytes)
