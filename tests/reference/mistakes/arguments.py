"""Mistakes with arguments, and with the data of new tensors.

By name: what is raised, PyTorch's words for it, and how to make it with a module and a leaf of two.
"""

import numpy as np

CASES = {
    "number for a flag": (
        TypeError,
        "requires_grad_(): argument 'requires_grad' (position 1) must be bool, not int",
        lambda t, x: x.requires_grad_(1),
    ),
    "ragged": (ValueError, "expected sequence of length 1 at dim 1 (got 2)", lambda t, x: t.tensor([[1], [1, 2]])),
    "text": (TypeError, "new(): invalid data type 'str'", lambda t, x: t.tensor("a")),
    "text in a list": (ValueError, "too many dimensions 'str'", lambda t, x: t.tensor(["a"])),
    "text beside a number": (TypeError, "new(): invalid data type 'str'", lambda t, x: t.tensor([1, "a"])),
    "nothing": (RuntimeError, "Could not infer dtype of NoneType", lambda t, x: t.tensor([1.0, None])),
    "nothing for a number": (
        TypeError,
        "must be real number, not NoneType",
        lambda t, x: t.tensor(None, dtype=t.float32),
    ),
    "number beside a list": (TypeError, "not a sequence", lambda t, x: t.tensor([[1], 2])),
    "no whole number": (
        RuntimeError,
        "value cannot be converted to type int64 without overflow",
        lambda t, x: t.tensor([np.nan], dtype=t.int64),
    ),
    "too large to fill": (
        RuntimeError,
        "value cannot be converted to type float without overflow",
        lambda t, x: t.ones(2).fill_(1e39),
    ),
    "too large to assign": (
        RuntimeError,
        "value cannot be converted to type int64_t without overflow",
        lambda t, x: t.arange(2).__setitem__(0, 1e39),
    ),
    "too large to repeat": (
        RuntimeError,
        "value cannot be converted to type float without overflow",
        lambda t, x: t.full((2,), -1e39),
    ),
    "too large": (ValueError, "Overflow when unpacking long long", lambda t, x: t.tensor(2**63)),
    "tensors for numbers": (
        ValueError,
        "only one element tensors can be converted to Python scalars",
        lambda t, x: t.tensor([x, x]),
    ),
    "cat of a tensor": (
        TypeError,
        "cat(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor",
        lambda t, x: t.cat(x),
    ),
    "stack of numbers": (
        TypeError,
        "expected Tensor as element 1 in argument 0, but got float",
        lambda t, x: t.stack([x, 1.0]),
    ),
    "bounds by name": (
        TypeError,
        'arange() missing 1 required positional arguments: "end"',
        lambda t, x: t.arange(dtype=t.float32),
    ),
    "step without a start": (
        TypeError,
        "arange() received an invalid combination of arguments",
        lambda t, x: t.arange(3, step=2),
    ),
    "nothing for an end": (TypeError, "arange()", lambda t, x: t.arange(1, None)),
    "truth value for a condition": (TypeError, "where()", lambda t, x: t.where(True, x, x)),
    "step of nothing": (RuntimeError, "step must be nonzero", lambda t, x: t.arange(0, 3, 0)),
    "step away": (
        RuntimeError,
        "upper bound and lower bound inconsistent with step sign",
        lambda t, x: t.arange(0, 3, -1),
    ),
    "list beside a number": (TypeError, "must be real number, not list", lambda t, x: t.tensor([1.0, [2.0]])),
    "size of text": (TypeError, "argument 'size'", lambda t, x: t.zeros("a")),
    "negative size": (RuntimeError, "Dimension size must be non-negative", lambda t, x: t.zeros(-1)),
    "number for a mode": (
        TypeError,
        "set_grad_enabled(): argument 'enabled' (position 1) must be bool, not int",
        lambda t, x: t.set_grad_enabled(0),
    ),
    "number for a tensor": (
        TypeError,
        "exp(): argument 'input' (position 1) must be Tensor, not float",
        lambda t, x: t.exp(1.0),
    ),
    "number for the other tensor": (
        TypeError,
        "maximum(): argument 'other' (position 1) must be Tensor, not float",
        lambda t, x: x.maximum(1.0),
    ),
    "list for an operand": (
        TypeError,
        "mul(): argument 'other' (position 1) must be Tensor, not list",
        lambda t, x: x.mul([1, 2]),
    ),
    "nothing for an operand": (
        TypeError,
        "add(): argument 'other' (position 2) must be Tensor, not NoneType",
        lambda t, x: t.add(x, None),
    ),
    "text for a number": (
        TypeError,
        "add(): argument 'alpha' must be Number, not str",
        lambda t, x: x.add(x, alpha="a"),
    ),
    "tensor with a graph for a number": (
        TypeError,
        "add(): argument 'alpha' must be Number, not Tensor",
        lambda t, x: x.add(x, alpha=x[0]),
    ),
    "several for a number": (
        TypeError,
        "full(): argument 'fill_value' (position 2) must be Number, not Tensor",
        lambda t, x: [t.full((2,), value) for value in (t.tensor(1.0), t.ones(2))],
    ),
    "fraction for a count": (
        TypeError,
        "chunk(): argument 'chunks' (position 1) must be int, not float",
        lambda t, x: x.chunk(1.5),
    ),
    "truth value for a dimension": (
        TypeError,
        "unsqueeze(): argument 'dim' (position 1) must be int, not bool",
        lambda t, x: x.unsqueeze(True),
    ),
    "number for a truth value": (
        TypeError,
        "sum(): argument 'keepdim' must be bool, not int",
        lambda t, x: x.sum(dim=0, keepdim=1),
    ),
    "text for a dtype": (
        TypeError,
        "zeros(): argument 'dtype' must be torch.dtype, not str",
        lambda t, x: t.zeros(2, dtype="float32"),
    ),
    "number for a new tensor's flag": (
        TypeError,
        "tensor(): argument 'requires_grad' must be bool, not int",
        lambda t, x: t.tensor(1.0, requires_grad=1),
    ),
    "missing argument": (
        TypeError,
        'mul() missing 1 required positional arguments: "other"',
        lambda t, x: x.mul(),
    ),
    "missing arguments": (
        TypeError,
        'transpose() missing 2 required positional argument: "dim0", "dim1"',
        lambda t, x: x.transpose(),
    ),
    "missing size": (TypeError, 'zeros() missing 1 required positional arguments: "size"', lambda t, x: t.zeros()),
    "surplus argument": (
        TypeError,
        "clone() takes 0 positional arguments but 1 was given",
        lambda t, x: x.clone(1),
    ),
    "surplus arguments": (
        TypeError,
        "mm() takes 1 positional argument but 2 were given",
        lambda t, x: x[None].mm(x[:, None], x),
    ),
    "surplus dimension": (
        TypeError,
        "flatten() takes from 0 to 2 positional arguments but 3 were given",
        lambda t, x: x.flatten(0, 0, 0),
    ),
    "sizes one by one in a function": (
        TypeError,
        "reshape() takes 2 positional arguments but 3 were given",
        lambda t, x: t.reshape(x, 2, 1),
    ),
    "one size in a function": (
        TypeError,
        "permute(): argument 'dims' (position 2) must be tuple of ints, not int",
        lambda t, x: t.permute(x, 0),
    ),
    "sizes after a tuple": (
        TypeError,
        "expand() takes 1 positional argument but 2 were given",
        lambda t, x: x.expand((2,), 2),
    ),
    "text among dimensions": (
        TypeError,
        "squeeze(): argument 'dim' failed to unpack the object at pos 2 with error \"type must be tuple of ints,but",
        lambda t, x: x.squeeze(0, "a"),
    ),
    "text for a dimension": (
        TypeError,
        "size(): argument 'dim' (position 1) must be int, not str",
        lambda t, x: x.size("a"),
    ),
    "number of numpy's for the size of parts": (
        TypeError,
        "split_with_sizes(): argument 'split_sizes' (position 2) must be tuple of ints, not numpy.int64",
        lambda t, x: x.split(np.int64(1)),
    ),
    "dimension named twice": (
        RuntimeError,
        "dim 0 appears multiple times in the list of dims",
        lambda t, x: x.squeeze((0, -1)),
    ),
    "size that does not fit": (
        RuntimeError,
        "size {[2, 3]} is not expandable to size {[2]}.",
        lambda t, x: x.sum_to_size(2, 3),
    ),
    "fraction for a size": (
        TypeError,
        "zeros(): argument 'size' (position 1) must be tuple of ints, not float",
        lambda t, x: t.zeros(2.5),
    ),
    "fraction among sizes": (
        TypeError,
        "view(): argument 'size' failed to unpack the object at pos 2 with error \"type must be tuple of ints,but got",
        lambda t, x: x.view(2, 0.5),
    ),
    "negative size of ones": (
        RuntimeError,
        "Trying to create tensor with negative dimension -1: [2, -1]",
        lambda t, x: t.ones(2, -1),
    ),
    "whole random numbers": (
        NotImplementedError,
        "\"normal_kernel_cpu\" not implemented for 'Long'",
        lambda t, x: t.randn(2, dtype=t.int64),
    ),
    "endless range": (RuntimeError, "unsupported range: 0 -> inf", lambda t, x: t.arange(float("inf"))),
    "list for an array": (TypeError, "expected np.ndarray (got list)", lambda t, x: t.from_numpy([1.0])),
    "text for a gradient": (TypeError, "argument 0 is not a Variable", lambda t, x: (x * 2).grad_fn("a")),
    "number for a gradient": (TypeError, "argument 1 is not a Variable", lambda t, x: x.unbind()[0].grad_fn(x[0], 3)),
    "number for a leaf's gradient": (
        TypeError,
        "argument 0 is not a Variable",
        lambda t, x: x.exp().grad_fn.next_functions[0][0](3.0),
    ),
    "gradient by name": (TypeError, "keyword arguments are not supported", lambda t, x: x.exp().grad_fn(gradient=x)),
    "text for retain_graph": (
        TypeError,
        "'str' object cannot be interpreted as an integer",
        lambda t, x: x.sum().backward(retain_graph="yes"),
    ),
    "text for create_graph": (
        TypeError,
        "'str' object cannot be interpreted as an integer",
        lambda t, x: t.autograd.backward(x.sum(), create_graph="yes"),
    ),
    "fraction for retain_graph": (
        TypeError,
        "'float' object cannot be interpreted as an integer",
        lambda t, x: t.autograd.grad(x.sum(), x, retain_graph=0.5),
    ),
    "nothing for create_graph": (
        TypeError,
        "'NoneType' object cannot be interpreted as an integer",
        lambda t, x: t.autograd.grad(x.sum(), x, create_graph=None),
    ),
    "text for allow_unused": (
        TypeError,
        "'str' object cannot be interpreted as an integer",
        lambda t, x: t.autograd.grad(x.sum(), x, allow_unused="yes"),
    ),
    "nothing for a dimension": (
        TypeError,
        "max(): argument 'dim' (position 1) must be int, not NoneType",
        lambda t, x: x.max(None, True),
    ),
    "nothing for a named dimension": (
        TypeError,
        "min(): argument 'dim' must be int, not NoneType",
        lambda t, x: x.min(dim=None, keepdim=True),
    ),
    "number for sizes": (
        TypeError,
        "full(): argument 'size' (position 1) must be tuple of ints, not int",
        lambda t, x: t.full(2, 1.0),
    ),
    "array before an operator": (
        TypeError,
        "unsupported operand type(s) for -: 'numpy.ndarray' and 'Tensor'",
        lambda t, x: np.ones(2) - x,
    ),
    "array for an operand": (
        TypeError,
        "mul(): argument 'other' (position 1) must be Tensor, not numpy.ndarray",
        lambda t, x: x.mul(np.ones(2)),
    ),
    "array for a tensor": (
        TypeError,
        "add(): argument 'input' (position 1) must be Tensor, not numpy.ndarray",
        lambda t, x: t.add(np.ones(2), x),
    ),
    "nothing for the size of parts": (
        TypeError,
        "split_with_sizes(): argument 'split_sizes' (position 2) must be tuple of ints, not NoneType",
        lambda t, x: x.split(None),
    ),
    "fraction among sizes of parts": (
        TypeError,
        "split_with_sizes(): argument 'split_sizes' failed to unpack the object at pos 2 with error",
        lambda t, x: x.split([1, 1.0]),
    ),
    "several for one dimension": (TypeError, "must be int, not Tensor", lambda t, x: x.unsqueeze(t.tensor([0, 1]))),
    "fraction in a tensor for a size": (
        TypeError,
        "zeros(): argument 'size' (position 1) must be tuple of ints, not Tensor",
        lambda t, x: t.zeros(x[0]),
    ),
    "fraction in a tensor among sizes": (
        TypeError,
        "ones(): argument 'size' failed to unpack the object at pos 2 with error \"type must be tuple of ints,but got",
        lambda t, x: t.ones(2, x[0]),
    ),
}
