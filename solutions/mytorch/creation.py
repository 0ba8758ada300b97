"""New tensors from data.

Source: torch/csrc/utils/tensor_new.cpp, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .dtypes import dtype as DType
from .dtypes import dtype_of
from .tensor import Tensor


def tensor(data: Any, *, dtype: DType | None = None, requires_grad: bool = False) -> Tensor:
    """A leaf holding a copy of `data`: a number, nested lists, a numpy array or a tensor.

    Floating point numbers become float32 unless numpy data or `dtype` says otherwise.

    Raises: RuntimeError when a tensor of whole numbers shall require grad.
    """
    array = _array_of(data, dtype)
    dtype_of(array.dtype)
    if requires_grad and array.dtype.kind != "f":
        raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
    result = Tensor(array if array.shape else array[()])
    result._requires_grad = requires_grad
    return result


def _array_of(data: Any, dtype: DType | None) -> Any:
    """`data` as a fresh numpy array of the dtype that PyTorch would choose."""
    if isinstance(data, Tensor):
        data = data.array
    typed = isinstance(data, np.ndarray | np.generic)
    array = np.array(_plain(data), dtype=None if dtype is None else dtype.numpy)
    if dtype is None and not typed and array.dtype == np.float64:
        return array.astype(np.float32)
    return array


def _plain(data: Any) -> Any:
    """Nested lists with the tensors in them replaced by their numbers."""
    if isinstance(data, list | tuple):
        return [_plain(each) for each in data]
    return data.array if isinstance(data, Tensor) else data
