"""New tensors, from data or filled.

Source: torch/csrc/utils/tensor_new.cpp, version 2.13.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .arguments import LEFT_OUT, parse_arguments
from .data import array_of, infer_dtype
from .dtypes import OF_PYTHON, check_kernel, check_overflow, dtype_of, float32, int64, type_name
from .dtypes import dtype as DType
from .layout import memory_order
from .size import sizes_from
from .tensor import Tensor

_COPY = (
    "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or "
    "sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor)."
)
_generator = np.random.default_rng(0)


@parse_arguments
def tensor(data: Any, *, dtype: DType | None = None, requires_grad: bool = False) -> Tensor:
    """A leaf holding a copy of `data`: a number, nested lists, a numpy array or a tensor.

    Floating point numbers become float32 unless numpy data or `dtype` says otherwise.

    Shapes: that of the array or tensor; of lists their lengths, the outer one first; () for a number.
    Raises: RuntimeError when a tensor of whole numbers shall require grad, and for other objects; ValueError for lists
    of unequal lengths, or a number too large for int64; TypeError for text, or numbers beside lists.
    Source: torch/csrc/utils/tensor_new.cpp.
    """
    if isinstance(data, Tensor):
        warnings.warn(_COPY, UserWarning, stacklevel=3)
    return leaf(array_of(data, dtype), requires_grad)


def leaf(array: Any, requires_grad: bool | None = False) -> Tensor:
    """A leaf holding `array` itself, in its shape.

    Raises: RuntimeError when a tensor of whole numbers shall require grad.
    Source: torch/csrc/utils/tensor_new.cpp.
    """
    dtype_of(array.dtype)
    if requires_grad and array.dtype.kind != "f":
        raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
    result = Tensor(array if array.shape else array[()])
    result._requires_grad = bool(requires_grad)
    return result


def from_numpy(array: Any) -> Tensor:
    """A tensor that shares the memory of `array`, in its shape.

    Raises: TypeError for anything else, or a dtype that tensors here don't hold.
    Source: `tensor_from_numpy`, torch/csrc/utils/tensor_numpy.cpp.
    """
    if not isinstance(array, np.ndarray):
        raise TypeError(f"expected np.ndarray (got {type_name(array)})")
    dtype_of(array.dtype)
    return Tensor(array)


@parse_arguments
def zeros(*size: Any, dtype: DType | None = None, requires_grad: bool | None = False) -> Tensor:
    """Zeros of shape `size`, given as numbers or one tuple.

    Raises: RuntimeError for a negative size, or when whole numbers shall require grad.
    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    return leaf(np.zeros(_sizes(size, "zeros"), _numpy(dtype, float32)), requires_grad)


@parse_arguments
def ones(*size: Any, dtype: DType | None = None, requires_grad: bool | None = False) -> Tensor:
    """Ones of shape `size`, given as numbers or one tuple.

    Raises: RuntimeError for a negative size, or when whole numbers shall require grad.
    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    return leaf(np.ones(_sizes(size, "ones"), _numpy(dtype, float32)), requires_grad)


@parse_arguments
def full(
    size: Sequence[int], fill_value: float, *, dtype: DType | None = None, requires_grad: bool | None = False
) -> Tensor:
    """`fill_value` repeated in the shape `size`.

    Raises: RuntimeError for a negative size, a number that is too large for the dtype, or when whole numbers shall
    require grad.
    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    wanted = _numpy(dtype, infer_dtype(fill_value))
    check_overflow(fill_value, wanted)
    return leaf(np.full(_sizes((size,), "full"), fill_value, wanted), requires_grad)


@parse_arguments
def zeros_like(x: Tensor, *, dtype: DType | None = None, requires_grad: bool | None = False) -> Tensor:
    """Zeros of the shape and dtype of `x`, outside its graph.

    Raises: RuntimeError when whole numbers shall require grad.
    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    return leaf(np.zeros_like(x.array, _numpy(dtype, x.dtype), memory_order(x.array)), requires_grad)


@parse_arguments
def ones_like(x: Tensor, *, dtype: DType | None = None, requires_grad: bool | None = False) -> Tensor:
    """Ones of the shape and dtype of `x`, outside its graph.

    Raises: RuntimeError when whole numbers shall require grad.
    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    return leaf(np.ones_like(x.array, _numpy(dtype, x.dtype), memory_order(x.array)), requires_grad)


@parse_arguments
def arange(
    start: float = LEFT_OUT,
    end: float = LEFT_OUT,
    step: float = LEFT_OUT,
    *,
    dtype: DType | None = None,
    requires_grad: bool | None = False,
) -> Tensor:
    """The numbers from `start` (0 if only one bound is given) up to `end`, without it.

    Shapes: (n,) for n numbers.
    Raises: RuntimeError for a step of 0 or one that leads away from `end`, for bounds that are infinite, and when whole
    numbers shall require grad; TypeError for a step without two bounds; NotImplementedError for truth values.
    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    if LEFT_OUT in (start, end):
        if step is not LEFT_OUT:
            raise TypeError("arange() received an invalid combination of arguments: a step needs a start and an end")
        start, end = 0, start if end is LEFT_OUT else end
    if end is LEFT_OUT:
        raise TypeError('arange() missing 1 required positional arguments: "end"')
    step = 1 if step is LEFT_OUT else step
    if not step:
        raise RuntimeError("step must be nonzero")
    if not math.isfinite(end - start):
        raise RuntimeError(f"unsupported range: {start} -> {end}")
    if (end - start) * step < 0:
        raise RuntimeError("upper bound and lower bound inconsistent with step sign")
    whole = all(isinstance(each, int) for each in (start, end, step))
    wanted = _numpy(dtype, int64 if whole else float32)
    check_kernel("arange_cpu", wanted)
    return leaf(np.arange(start, end, step).astype(wanted), requires_grad)


def manual_seed(seed: int) -> np.random.Generator:
    """Start the random numbers of `randn` and `rand` anew; they are numpy's, not PyTorch's.

    Raises: TypeError and ValueError for anything but a number, as Python's `int`.
    Source: torch/random.py.
    """
    _generator.bit_generator.state = np.random.default_rng(int(seed) % 2**64).bit_generator.state
    return _generator


@parse_arguments
def randn(*size: Any, dtype: DType | None = None, requires_grad: bool | None = False) -> Tensor:
    """Random numbers of mean 0 and variance 1 in the shape `size`.

    Raises: RuntimeError for a negative size; NotImplementedError for a dtype of whole numbers.
    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    return leaf(_random(_generator.standard_normal, _sizes(size, "randn"), dtype, "normal_kernel_cpu"), requires_grad)


@parse_arguments
def rand(*size: Any, dtype: DType | None = None, requires_grad: bool | None = False) -> Tensor:
    """Random numbers, uniform from 0 to 1, in the shape `size`.

    Raises: RuntimeError for a negative size; NotImplementedError for a dtype of whole numbers.
    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    return leaf(_random(_generator.random, _sizes(size, "rand"), dtype, "check_uniform_bounds"), requires_grad)


def _random(draw: Callable[[Any], Any], size: tuple[int, ...], dtype: DType | None, kernel: str) -> Any:
    """Random numbers in the shape `size`.

    Raises: NotImplementedError for a dtype of whole numbers.
    """
    wanted = _numpy(dtype, float32)
    check_kernel(kernel, wanted, "f")
    return np.asarray(draw(size), wanted)


def _numpy(dtype: DType | None, default: DType) -> Any:
    """The numpy dtype of a new tensor."""
    return default.numpy if dtype is None else OF_PYTHON.get(dtype, dtype).numpy


def _sizes(size: tuple[Any, ...], name: str) -> tuple[int, ...]:
    """The shape that is given as one tuple or list, or as numbers, to the function that is called `name`.

    Raises: TypeError for anything else; RuntimeError for a negative number.
    """
    sizes = sizes_from(size, f"{name}(): argument 'size'")
    for each in sizes:
        if each < 0:
            raise RuntimeError(
                "zeros: Dimension size must be non-negative."
                if name == "zeros"
                else f"Trying to create tensor with negative dimension {each}: {list(sizes)}"
            )
    return sizes
