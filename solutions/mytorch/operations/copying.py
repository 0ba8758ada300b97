"""Copies of tensors: as they are, and in other dtypes.

Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from .. import dtypes
from ..arguments import parse_arguments
from ..layout import memory_order
from ..tensor import Tensor
from .operation import Operation, array_of


class CloneBackward0(Operation):
    """The same numbers in new memory. Source: `clone`, derivatives.yaml."""

    keeps = ("_order",)
    gradients = (lambda grad, order: grad,)

    @staticmethod
    def forward(x: Any, order: Literal["C", "K"]) -> Any:
        return x.copy(order)


class ToCopyBackward0(Operation):
    """The same numbers in another dtype; the gradient comes back in the old one.

    Source: `_to_copy`, derivatives.yaml.
    """

    keeps = ("_dtype", "_source_dtype")
    gradients = (lambda grad, dtype, source: ToCopyBackward0.run(grad, constants=(source, dtype)),)

    @staticmethod
    def forward(x: Any, dtype: np.dtype[Any], source: np.dtype[Any]) -> Any:
        return x.astype(dtype, memory_order(x))


def clone(x: Any) -> Any:
    """A copy of `x`, in its shape, with memory of its own, recorded.

    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    return CloneBackward0.run(x, constants=(memory_order(array_of(x)),))


def contiguous(x: Any) -> Any:
    """`x` itself if its elements lie in order in memory, else a copy in which they do, in the same shape.

    Source: aten/src/ATen/native/TensorProperties.cpp.
    """
    return x if array_of(x).flags.c_contiguous else CloneBackward0.run(x, constants=("C",))


def cast(x: Tensor, dtype: np.dtype[Any], copy: bool = False) -> Tensor:
    """`x` in a numpy dtype; unless a copy is wanted, `x` itself if it has that already.

    Source: aten/src/ATen/native/TensorConversions.cpp.
    """
    if x.array.dtype == dtype and not copy:
        return x
    if dtype.kind != "f":
        return Tensor(x.array.astype(dtype, memory_order(x.array)))
    result: Tensor = ToCopyBackward0.run(x, constants=(dtype, x.array.dtype))
    return result


def to(x: Tensor, *given: Any, device: Any = None, **named: Any) -> Tensor:
    """`x` in a dtype, or in the dtype of a tensor; unless a copy is wanted, `x` itself if it has that, or for None.

    A device may stand before it: "cpu", where all tensors are. The shape stays.

    Raises: TypeError for anything else, such as another device.
    Source: aten/src/ATen/native/TensorConversions.cpp.
    """
    if given and isinstance(given[0], str):
        device, given = given[0], given[1:]
    if device not in (None, "cpu"):
        raise TypeError(f"to({device!r}) is not supported here: use a dtype, or a tensor that has it")
    return _converted(x, *given, **named)


def _to(
    x: Tensor,
    dtype: Any = None,
    non_blocking: bool = False,  # there is nothing to wait for
    copy: bool = False,
) -> Tensor:
    """What `to` does, once the device is left out.

    Raises: TypeError for anything but a dtype or a tensor.
    """
    if dtype is None or isinstance(dtype, Tensor):
        return cast(x, (x if dtype is None else dtype).array.dtype, copy)
    if dtype not in dtypes.DTYPES:
        raise TypeError(f"to({dtype!r}) is not supported here: use a dtype, or a tensor that has it")
    return cast(x, dtypes.OF_PYTHON.get(dtype, dtype).numpy, copy)


_converted = parse_arguments(_to, "to", is_method=True)


def double(x: Tensor) -> Tensor:
    """`x` in float64, in the same shape. Source: aten/src/ATen/native/TensorConversions.cpp."""
    return to(x, dtypes.float64)


def as_float(x: Tensor) -> Tensor:
    """`x` in float32, in the same shape. Source: aten/src/ATen/native/TensorConversions.cpp."""
    return to(x, dtypes.float32)


def long(x: Tensor) -> Tensor:
    """`x` in int64, in the same shape. Source: aten/src/ATen/native/TensorConversions.cpp."""
    return to(x, dtypes.int64)


def as_bool(x: Tensor) -> Tensor:
    """True where `x` is not 0, in its shape. Source: aten/src/ATen/native/TensorConversions.cpp."""
    return to(x, dtypes.bool_)
