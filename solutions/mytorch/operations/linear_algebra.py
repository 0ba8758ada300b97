"""Products of matrices and vectors.

Source: tools/autograd/derivatives.yaml, and `_matmul_impl`, aten/src/ATen/native/LinearAlgebra.cpp, version 2.13.
"""

from __future__ import annotations

import math
from typing import Any

from ..dtypes import check_kernel, dtype_of
from ..size import broadcast_shape
from ..tensor import Tensor
from .broadcasting import expand
from .copying import contiguous
from .operation import Operation, array_of
from .promotion import ForeignOperandError
from .shapes import (
    SqueezeBackward4,
    matrix_transpose,
    reshape,
    squeeze,
    t,
    transpose,
    unsafe_view,
    unsqueeze,
    view,
)


class MmBackward0(Operation):
    """Matrix times matrix: (n, k) and (k, m) give (n, m). Source: `mm`, derivatives.yaml."""

    last_first = True
    saves = {"self": (1,), "mat2": (0,)}
    keeps = ("_self_is_transposed", "_mat2_is_transposed")
    gradients = (
        lambda grad, a, b, transposed, _: _gradient_of_first(grad, b, transposed),
        lambda grad, a, b, _, transposed: _gradient_of_second(grad, a, transposed),
    )

    @staticmethod
    def forward(a: Any, b: Any, *_: bool) -> Any:
        check_kernel("addmm_impl_cpu_", a.dtype)
        return a @ b


class BmmBackward0(Operation):
    """Matrices times matrices: (b, n, k) and (b, k, m) give (b, n, m). Source: `bmm`, derivatives.yaml."""

    last_first = True
    saves = {"self": (1,), "mat2": (0,)}
    gradients = (
        lambda grad, a, b: bmm(grad, transpose(b, 1, 2)),
        lambda grad, a, b: bmm(transpose(a, 1, 2), grad),
    )

    @staticmethod
    def forward(a: Any, b: Any) -> Any:
        check_kernel("bmm", a.dtype)
        return a @ b


class MvBackward0(Operation):
    """Matrix times vector: (n, k) and (k,) give (n,). Source: `mv`, derivatives.yaml."""

    saves = {"self": (1,), "vec": (0,)}
    gradients = (
        lambda grad, a, v: view(grad, (-1, 1)) * v,
        lambda grad, a, v: mv(t(a), grad),
    )

    @staticmethod
    def forward(a: Any, v: Any) -> Any:
        check_kernel("addmv_impl_cpu", a.dtype)
        return a @ v


class DotBackward0(Operation):
    """Vector times vector: (n,) and (n,) give (). Source: `dot`, derivatives.yaml."""

    saves = {"self": (1,), "tensor": (0,)}
    gradients = (
        lambda grad, v, w: grad * w,
        lambda grad, v, w: grad * v,
    )

    @staticmethod
    def forward(v: Any, w: Any) -> Any:
        check_kernel("dot", v.dtype)
        return v @ w


class AddmmBackward0(Operation):
    """A bias plus matrix times matrix: (m,), (n, k) and (k, m) give (n, m). Source: `addmm`, derivatives.yaml."""

    saves = {"self": (), "mat1": (2,), "mat2": (1,)}
    keeps = ("_mat1_is_transposed", "_mat2_is_transposed")
    gradients = (
        lambda grad, bias, a, b, *_: grad,
        lambda grad, bias, a, b, transposed, _: _gradient_of_first(grad, b, transposed),
        lambda grad, bias, a, b, _, transposed: _gradient_of_second(grad, a, transposed),
    )

    @staticmethod
    def forward(bias: Any, a: Any, b: Any, *_: bool) -> Any:
        check_kernel("addmm_impl_cpu_", a.dtype)
        return a @ b + bias


def _gradient_of_first(grad: Any, b: Any, transposed: bool) -> Any:
    """The gradient of `a` in `a @ b`, laid out in memory as `a` is."""
    return t(mm(b, t(grad))) if transposed else mm(grad, t(b))


def _gradient_of_second(grad: Any, a: Any, transposed: bool) -> Any:
    """The gradient of `b` in `a @ b`, laid out in memory as `b` is."""
    return t(mm(t(grad), a)) if transposed else mm(t(a), grad)


def _check_product(a: Any, b: Any) -> None:
    """Refuse matrices of which one is wider than the other is high.

    Raises: RuntimeError with PyTorch's text.
    """
    if a.shape[1] != b.shape[0]:
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({a.shape[0]}x{a.shape[1]} and {b.shape[0]}x{b.shape[1]})"
        )


def _check_same_dtype(a: Any, b: Any, complaint: str) -> None:
    """Refuse operands of two dtypes, since products bring nothing to a common one; `complaint` names both.

    Raises: RuntimeError with PyTorch's text.
    """
    if array_of(a).dtype != array_of(b).dtype:
        raise RuntimeError(complaint.format(dtype_of(array_of(a).dtype), dtype_of(array_of(b).dtype)))


def _is_transposed(x: Any) -> bool:
    """True when the matrix `x` lies in memory column by column."""
    flags = array_of(x).flags
    return bool(flags.f_contiguous and not flags.c_contiguous)


def addmm(bias: Any, a: Any, b: Any) -> Any:
    """`bias + a @ b`: (m,), (n, k) and (k, m) give (n, m).

    Raises: RuntimeError when the shapes don't fit, or the dtypes differ.
    Source: aten/src/ATen/native/LinearAlgebra.cpp.
    """
    _check_same_dtype(bias, b, "self and mat2 must have the same dtype, but got {0.scalar_type} and {1.scalar_type}")
    _check_same_dtype(a, b, "mat1 and mat2 must have the same dtype, but got {0.scalar_type} and {1.scalar_type}")
    _check_product(a, b)
    return AddmmBackward0.run(bias, a, b, constants=(_is_transposed(a), _is_transposed(b)))


def mm(x: Any, mat2: Tensor) -> Any:
    """Matrix times matrix: (n, k) and (k, m) give (n, m).

    Raises: RuntimeError when the shapes don't fit, or the dtypes differ; NotImplementedError for truth values.
    Source: aten/src/ATen/native/LinearAlgebra.cpp.
    """
    if len(x.shape) != 2 or len(mat2.shape) != 2:
        raise RuntimeError(f"{'self' if len(x.shape) != 2 else 'mat2'} must be a matrix")
    _check_product(x, mat2)
    _check_same_dtype(x, mat2, "expected m1 and m2 to have the same dtype, but got: {0.cpp_name} != {1.cpp_name}")
    return MmBackward0.run(x, mat2, constants=(_is_transposed(x), _is_transposed(mat2)))


def bmm(x: Any, mat2: Tensor) -> Any:
    """Matrices times matrices: (b, n, k) and (b, k, m) give (b, n, m).

    Raises: RuntimeError when the shapes don't fit, or the dtypes differ; NotImplementedError for truth values.
    Source: aten/src/ATen/native/LinearAlgebra.cpp.
    """
    if len(x.shape) != 3 or len(mat2.shape) != 3:
        raise RuntimeError(f"{'batch1' if len(x.shape) != 3 else 'batch2'} must be a 3D tensor")
    expected = [x.shape[0], x.shape[2]]
    found = list(mat2.shape[:2])
    if found != expected:
        raise RuntimeError(
            f"Expected size for first two dimensions of batch2 tensor to be: {expected} but got: {found}."
        )
    _check_same_dtype(x, mat2, "expected scalar type {0.scalar_type} but found {1.scalar_type}")
    return BmmBackward0.run(x, mat2)


def mv(x: Any, vec: Tensor) -> Any:
    """Matrix times vector: (n, k) and (k,) give (n,).

    Raises: RuntimeError when the shapes don't fit, or the dtypes differ; NotImplementedError for truth values.
    Source: aten/src/ATen/native/Blas.cpp.
    """
    if len(x.shape) != 2 or len(vec.shape) != 1:
        raise RuntimeError(f"vector + matrix @ vector expected, got 1, {len(x.shape)}, {len(vec.shape)}")
    if x.shape[1] != vec.shape[0]:
        raise RuntimeError(
            f"size mismatch, got input ({x.shape[0]}), mat ({x.shape[0]}x{x.shape[1]}), vec ({vec.shape[0]})"
        )
    names = "{1.scalar_type}, {0.scalar_type}, and {1.scalar_type}"  # the second is that of a bias
    _check_same_dtype(x, vec, f"addmv input tensors must have the same dtype, but got {names}")
    return MvBackward0.run(x, vec)


def dot(x: Any, tensor: Tensor) -> Any:
    """Vector times vector: (n,) and (n,) give ().

    Raises: RuntimeError for anything but vectors, or when the lengths or the dtypes differ; NotImplementedError for
    truth values.
    Source: aten/src/ATen/native/Blas.cpp.
    """
    if len(x.shape) != 1 or len(tensor.shape) != 1:
        raise RuntimeError(f"1D tensors expected, but got {len(x.shape)}D and {len(tensor.shape)}D tensors")
    words = "dot : expected both vectors to have same dtype, but found {0.scalar_type} and {1.scalar_type}"
    _check_same_dtype(x, tensor, words)
    if tuple(x.shape) != tuple(tensor.shape):
        raise RuntimeError(
            f"inconsistent tensor size, expected tensor {list(x.shape)} and src {list(tensor.shape)} to have the same "
            f"number of elements, but got {math.prod(x.shape)} and {math.prod(tensor.shape)} elements respectively"
        )
    return DotBackward0.run(x, tensor)


def matmul(x: Any, other: Tensor) -> Any:
    """`x @ other`: vectors, matrices, and batches of matrices, by the nodes that PyTorch takes for each.

    Shapes: as `dot`, `mv` and `mm`; (…, n, k) and (…, k, m) give (…, n, m), the dimensions in front broadcast.
    Raises: RuntimeError when the shapes don't fit, or the dtypes differ; NotImplementedError for truth values;
    ForeignOperandError for a number, which has no shape.
    Source: aten/src/ATen/native/LinearAlgebra.cpp.
    """
    if not hasattr(other, "shape"):
        raise ForeignOperandError(other)
    match (len(x.shape), len(other.shape)):
        case (0, _) | (_, 0):
            raise RuntimeError(
                f"both arguments to matmul need to be at least 1D, but they are {len(x.shape)}D and {len(other.shape)}D"
            )
        case (1, 1):
            return dot(x, other)
        case (2, 1):
            return mv(x, other)
        case (2, 2):
            return mm(x, other)
        case (1, 2):
            return _without_rows(mm(unsqueeze(x, 0), other))
        case _:
            return _folded(x, other) if _should_fold(x, other) else _batched(x, other)


def _should_fold(x: Any, other: Any) -> bool:
    """Whether a batch is multiplied as one matrix: for the sake of a second gradient, or where nothing is to copy.

    Source: `should_fold`, aten/src/ATen/native/LinearAlgebra.cpp.
    """
    batch, single = (x, other) if len(x.shape) >= len(other.shape) else (matrix_transpose(other), x)
    if len(single.shape) > 2:
        return False
    if single.requires_grad:
        return True
    strides = array_of(batch).strides[:-1]
    steps = zip(strides, strides[1:], batch.shape[1:], strict=False)
    return len(x.shape) != 2 and (not batch.numel() or all(outer == inner * size for outer, inner, size in steps))


def _without_rows(product: Any) -> Any:
    """The only row of a product, which loses its first dimension in place."""
    row = SqueezeBackward4.run(product, constants=(tuple(product.shape), (0,)))
    if isinstance(row, Tensor):
        row.version_counter()[0] += 1
    return row


def _folded(x: Any, other: Any) -> Any:
    """A batch of matrices and one vector or matrix: all rows of the batch as one matrix, which comes first."""
    if len(x.shape) < len(other.shape):
        if len(x.shape) == 1:
            return _folded(matrix_transpose(other), x)
        return contiguous(matrix_transpose(_folded(matrix_transpose(other), t(x))))
    rows = reshape(x, (math.prod(x.shape[:-1]), x.shape[-1]))
    product = mv(rows, other) if len(other.shape) == 1 else mm(rows, other)
    return unsafe_view(product, (*x.shape[:-1], *other.shape[1:]))


def _batched(x: Any, other: Any) -> Any:
    """Batches times batches, their leading dimensions broadcast; one that is repeated is folded if it wants a gradient.

    Source: `_matmul_impl`, aten/src/ATen/native/LinearAlgebra.cpp.
    """
    if len(x.shape) == len(other.shape) == 3 and x.shape[0] != other.shape[0]:
        if x.shape[0] == 1 and x.requires_grad:
            return matmul(squeeze(x, 0), other)
        if other.shape[0] == 1 and other.requires_grad:
            return matmul(x, squeeze(other, 0))
    lead = broadcast_shape(tuple(x.shape[:-2]), tuple(other.shape[:-2]))
    count = math.prod(lead)
    matrices = (1, *x.shape)[-2:]
    a = reshape(expand(x, (*lead, *matrices)), (count, *matrices))
    b = reshape(expand(other, (*lead, *other.shape[-2:])), (count, *other.shape[-2:]))
    product = squeeze(bmm(a, unsqueeze(b, 2)), -1) if len(other.shape) == 1 else bmm(a, b)
    return unsafe_view(product, (*lead, *x.shape[-2:-1], *other.shape[1:][-1:]))
