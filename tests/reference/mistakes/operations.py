"""Mistakes with operations: shapes, indices and operands.

By name: what is raised, PyTorch's words for it, and how to make it with a module and a leaf of two.
"""

import numpy as np


def _multiply_by_none(t, x):
    x = x * 1
    x *= None


CASES = {
    "kind of index": (
        IndexError,
        "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got float)",
        lambda t, x: x[1.5],
    ),
    "item": (RuntimeError, "a Tensor with 2 elements cannot be converted to Scalar", lambda t, x: x.item()),
    "bool": (RuntimeError, "Boolean value of Tensor with more than one value is ambiguous", lambda t, x: bool(x)),
    "len": (TypeError, "len() of a 0-d tensor", lambda t, x: len(t.tensor(1.0))),
    "index": (
        TypeError,
        "only integer tensors of a single element can be converted to an index",
        lambda t, x: [1, 2][x],
    ),
    "in place growing": (
        RuntimeError,
        "output with shape [2] doesn't match the broadcast shape [2, 2]",
        lambda t, x: (x * 1).add_(t.ones(2, 2)),
    ),
    "fill": (
        RuntimeError,
        "fill_ only supports 0-dimension value tensor but got tensor with 1 dimensions.",
        lambda t, x: (x * 1).fill_(t.ones(2)),
    ),
    "broadcast": (
        RuntimeError,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        lambda t, x: x + t.ones(3),
    ),
    "comparison": (
        RuntimeError,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        lambda t, x: x > t.ones(3),
    ),
    "bits": (
        RuntimeError,
        "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0",
        lambda t, x: (t.ones(3) > 0) & (x > 0),
    ),
    "closeness": (
        RuntimeError,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        lambda t, x: t.allclose(x, t.ones(3)),
    ),
    "difference of nothing": (
        TypeError,
        "unsupported operand type(s) for -: 'NoneType' and 'Tensor'",
        lambda t, x: None - x,
    ),
    "quotient of text": (
        TypeError,
        "unsupported operand type(s) for /: 'str' and 'Tensor'",
        lambda t, x: "a" / x,
    ),
    "difference from a mask": (
        TypeError,
        "unsupported operand type(s) for -: 'Tensor' and 'str'",
        lambda t, x: (x > 0) - "a",
    ),
    "mm": (
        RuntimeError,
        "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)",
        lambda t, x: t.zeros(2, 3) @ t.zeros(2, 3),
    ),
    "not a matrix": (RuntimeError, "self must be a matrix", lambda t, x: x.mm(x)),
    "mv": (
        RuntimeError,
        "size mismatch, got input (2), mat (2x3), vec (2)",
        lambda t, x: t.zeros(2, 3) @ x,
    ),
    "mv of a vector": (RuntimeError, "vector + matrix @ vector expected, got 1, 1, 1", lambda t, x: x.mv(x)),
    "dot": (
        RuntimeError,
        (
            "inconsistent tensor size, expected tensor [2] and src [3] to have the same number of elements, but "
            "got 2 and 3 "
            "elements respectively"
        ),
        lambda t, x: x @ t.zeros(3),
    ),
    "matmul of a number": (
        RuntimeError,
        "both arguments to matmul need to be at least 1D, but they are 1D and 0D",
        lambda t, x: x @ t.tensor(1.0),
    ),
    "place": (IndexError, "index 5 is out of bounds for dimension 0 with size 2", lambda t, x: x[5]),
    "too many": (IndexError, "too many indices for tensor of dimension 1", lambda t, x: x[0, 0]),
    "step": (ValueError, "step must be greater than zero", lambda t, x: x[::-1]),
    "float list": (IndexError, "tensors used as indices must be long, int, byte or bool", lambda t, x: x[t.ones(1)]),
    "dimension": (
        IndexError,
        "Dimension out of range (expected to be in range of [-1, 0], but got 3)",
        lambda t, x: x.sum(3),
    ),
    "reshape": (RuntimeError, "shape '[3]' is invalid for input of size 2", lambda t, x: x.reshape(3)),
    "view": (
        RuntimeError,
        (
            "view size is not compatible with input tensor's size and stride (at least one dimension spans across two "
            "contiguous subspaces). Use .reshape(...) instead."
        ),
        lambda t, x: t.zeros(2, 3).t().view(6),
    ),
    "expand": (
        RuntimeError,
        (
            "The expanded size of the tensor (3) must match the existing size (2) at non-singleton dimension 1.  "
            "Target "
            "sizes: [3, 3].  Tensor sizes: [2]"
        ),
        lambda t, x: x.expand(3, 3),
    ),
    "expand twice": (
        RuntimeError,
        "The expanded size of the tensor (1) must match the existing size (2) at non-singleton dimension 1.",
        lambda t, x: t.zeros(2, 2).expand(1, 1),
    ),
    "expand to fewer": (
        RuntimeError,
        (
            "expand(torch.FloatTensor{[3, 2]}, size=[2]): the number of sizes provided (1) must be greater or "
            "equal to the "
            "number of dimensions in the tensor (2)"
        ),
        lambda t, x: t.zeros(3, 2).expand(2),
    ),
    "t": (
        RuntimeError,
        "t() expects a tensor with <= 2 dimensions, but self is 3D",
        lambda t, x: t.zeros(2, 2, 2).t(),
    ),
    "narrow": (RuntimeError, "start (1) + length (5) exceeds dimension size (2).", lambda t, x: x.narrow(0, 1, 5)),
    "cat nothing": (ValueError, "torch.cat(): expected a non-empty list of Tensors", lambda t, x: t.cat([])),
    "cat dimensions": (
        RuntimeError,
        "Tensors must have same number of dimensions: got 1 and 2",
        lambda t, x: t.cat([x, t.zeros(2, 2)]),
    ),
    "cat sizes": (
        RuntimeError,
        (
            "Sizes of tensors must match except in dimension 0. Expected size 2 but got size 3 for tensor number "
            "1 in the "
            "list."
        ),
        lambda t, x: t.cat([t.zeros(2, 2), t.zeros(2, 3)]),
    ),
    "stack": (
        RuntimeError,
        "stack expects each tensor to be equal size, but got [2] at entry 0 and [3] at entry 1",
        lambda t, x: t.stack([x, t.zeros(3)]),
    ),
    "stack nothing": (RuntimeError, "stack expects a non-empty TensorList", lambda t, x: t.stack([])),
    "split": (
        RuntimeError,
        "split_size can only be 0 if dimension size is 0, but got dimension size of 2",
        lambda t, x: x.split(0),
    ),
    "split below zero": (
        RuntimeError,
        "split expects split_size be non-negative, but got split_size=-1",
        lambda t, x: x.split(-1),
    ),
    "split sizes": (
        RuntimeError,
        (
            "split_with_sizes expects split_sizes to sum exactly to 2 (input tensor's size at dimension 0), but got "
            "split_sizes=[1, 2]"
        ),
        lambda t, x: x.split([1, 2]),
    ),
    "chunk": (RuntimeError, "chunk expects `chunks` to be greater than 0, got: 0", lambda t, x: x.chunk(0)),
    "unbind": (
        IndexError,
        "Dimension specified as 0 but tensor has no dimensions",
        lambda t, x: t.tensor(1.0).unbind(),
    ),
    "iterate": (TypeError, "iteration over a 0-d tensor", lambda t, x: iter(t.tensor(1.0))),
    "mean of integers": (
        RuntimeError,
        "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long",
        lambda t, x: t.tensor([1, 2]).mean(),
    ),
    "where": (
        RuntimeError,
        "where expected condition to be a boolean tensor, but got a tensor with dtype Float",
        lambda t, x: t.where(x, x, x),
    ),
    "format": (TypeError, "unsupported format string passed to Tensor.__format__", lambda t, x: f"{x:.2f}"),
    "two numbers for one": (
        ValueError,
        "only one element tensors can be converted to Python scalars",
        lambda t, x: float(x),
    ),
    "operand": (TypeError, "unsupported operand type(s) for +: 'Tensor' and 'str'", lambda t, x: x + "a"),
    "operand in place": (TypeError, "unsupported operand type(s) for *=: 'Tensor' and 'NoneType'", _multiply_by_none),
    "operand of a product": (TypeError, "unsupported operand type(s) for @: 'Tensor' and 'int'", lambda t, x: x @ 2),
    "compared with text": (
        TypeError,
        "'<' not supported between instances of 'Tensor' and 'str'",
        lambda t, x: x < "a",
    ),
    "vectors only": (RuntimeError, "1D tensors expected, but got 1D and 2D tensors", lambda t, x: x.dot(t.ones(2, 2))),
    "batches only": (RuntimeError, "batch1 must be a 3D tensor", lambda t, x: t.bmm(x, x)),
    "sizes of batches": (
        RuntimeError,
        "Expected size for first two dimensions of batch2 tensor to be: [1, 3] but got: [1, 2].",
        lambda t, x: t.bmm(t.ones(1, 2, 3), t.ones(1, 2, 3)),
    ),
    "constant by batch": (
        RuntimeError,
        "Expected size for first two dimensions of batch2 tensor to be: [4, 2] but got: [4, 3].",
        lambda t, x: x.detach() @ t.ones(4, 3, 2),
    ),
    "batches of different sizes": (
        RuntimeError,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        lambda t, x: t.ones(2, 2, 2) @ t.ones(3, 2, 2),
    ),
    "condition's shape": (
        RuntimeError,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        lambda t, x: t.where(x > 0, t.ones(3), t.ones(3)),
    ),
    "two sizes to find": (RuntimeError, "only one dimension can be inferred", lambda t, x: x.reshape(-1, -1)),
    "order of dimensions": (
        RuntimeError,
        "input.dim() = 1 is not equal to len(dims) = 2",
        lambda t, x: x.permute(0, 0),
    ),
    "dimension in order twice": (
        RuntimeError,
        "permute(): duplicate dims are not allowed.",
        lambda t, x: x[None].permute(0, 0),
    ),
    "dimension summed twice": (
        RuntimeError,
        "dim 0 appears multiple times in the list of dims",
        lambda t, x: x.sum((0, 0)),
    ),
    "largest of nothing": (
        RuntimeError,
        "max(): Expected reduction dim to be specified for input.numel() == 0.",
        lambda t, x: t.zeros(0).max(),
    ),
    "cat without dimensions": (
        RuntimeError,
        "zero-dimensional tensor (at position 0) cannot be concatenated",
        lambda t, x: t.cat([t.tensor(1.0), t.tensor(2.0)]),
    ),
    "fractions in integers": (
        RuntimeError,
        "result type Float can't be cast to the desired output type Long",
        lambda t, x: t.tensor([1, 2]).add_(0.5),
    ),
    "text assigned": (
        TypeError,
        "can't assign a str to a torch.FloatTensor",
        lambda t, x: t.zeros(2).__setitem__(0, "a"),
    ),
    "deleted element": (TypeError, "Tensor does not support deleting items", lambda t, x: x.__delitem__(0)),
    "array assigned": (
        TypeError,
        "can't assign a numpy.ndarray to a torch.FloatTensor",
        lambda t, x: t.zeros(2).__setitem__(0, x.detach().numpy()),
    ),
    "array beside a leaf": (
        RuntimeError,
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        lambda t, x: x + np.ones(2),
    ),
    "array before a tensor": (
        TypeError,
        "unsupported operand type(s) for *: 'numpy.ndarray' and 'Tensor'",
        lambda t, x: np.ones(2) * x,
    ),
    "compared with an array": (
        TypeError,
        "'<' not supported between instances of 'Tensor' and 'numpy.ndarray'",
        lambda t, x: x < np.ones(2),
    ),
    "view beside text": (TypeError, "unsupported operand type(s) for +: 'Tensor' and 'str'", lambda t, x: x[0] + "a"),
}
