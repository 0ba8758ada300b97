"""The methods of tensors that record graphs: each is an operation's own function, attached under PyTorch's name.

They stand apart from `Tensor`, since operations make tensors: `operations/` imports `tensor.py`, never the reverse.

All methods and functions raise TypeError for arguments that are missing, too many, or of a kind that `arguments.py`
doesn't take; an operator does so for an operand that neither side knows. Their docstrings name the other errors alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from .arguments import parse_arguments, python_number
from .backward import tensor_backward
from .operations import (
    arithmetic,
    assignment,
    broadcasting,
    comparison,
    copying,
    division,
    elementwise,
    in_place,
    indexing,
    joining,
    linear_algebra,
    powers,
    reductions,
    selection,
    shapes,
)
from .operations.promotion import ForeignOperandError
from .tensor import Tensor
from .unsupported import REFUSED

# Operators with two operands: of one that they know nothing of, they let Python ask what it makes of a tensor.
BINARY: dict[str, Any] = {
    "__add__": arithmetic.add,
    "__radd__": arithmetic.add,
    "__sub__": arithmetic.sub,
    "__rsub__": arithmetic.rsub,
    "__mul__": arithmetic.mul,
    "__rmul__": arithmetic.mul,
    "__truediv__": arithmetic.div,
    "__rtruediv__": arithmetic.rdiv,
    "__floordiv__": division.floor_divide,
    "__rfloordiv__": division.rfloor_divide,
    "__mod__": division.remainder,
    "__rmod__": division.rremainder,
    "__pow__": powers.power,
    "__rpow__": powers.rpower,
    "__matmul__": linear_algebra.matmul,
    "__iadd__": in_place.add_,
    "__isub__": in_place.sub_,
    "__imul__": in_place.mul_,
    "__itruediv__": in_place.div_,
    "__ifloordiv__": in_place.floor_divide_,
    "__imod__": in_place.remainder_,
    "__ipow__": in_place.pow_,
    "__lt__": comparison.lt,
    "__le__": comparison.le,
    "__gt__": comparison.gt,
    "__ge__": comparison.ge,
    "__eq__": comparison.eq,
    "__ne__": comparison.ne,
    "__and__": comparison.bitwise_and,
    "__rand__": comparison.bitwise_and,
    "__or__": comparison.bitwise_or,
    "__ror__": comparison.bitwise_or,
    "__xor__": comparison.bitwise_xor,
    "__rxor__": comparison.bitwise_xor,
}

# What looks at its arguments itself.
OPERATORS: dict[str, Any] = {
    "__neg__": arithmetic.neg,
    "__pos__": arithmetic.pos,
    "__abs__": elementwise.absolute,
    "__invert__": comparison.invert,
    "__contains__": comparison.contains,
    "__getitem__": indexing.index,
    "__setitem__": assignment.assign,
    "__iter__": joining.iterate,
    "to": copying.to,
}

# PyTorch has each of these both as a method and as a function.
FUNCTIONS: dict[str, Any] = {
    "abs": elementwise.absolute,
    "add": arithmetic.add,
    "all": comparison.all_true,
    "allclose": comparison.allclose,
    "any": comparison.any_true,
    "argmax": comparison.argmax,
    "argmin": comparison.argmin,
    "bmm": linear_algebra.bmm,
    "chunk": joining.chunk,
    "clone": copying.clone,
    "cos": elementwise.cos,
    "div": arithmetic.div,
    "dot": linear_algebra.dot,
    "eq": comparison.eq,
    "equal": comparison.equal,
    "exp": elementwise.exp,
    "flatten": shapes.flatten,
    "floor_divide": division.floor_divide,
    "ge": comparison.ge,
    "gt": comparison.gt,
    "isnan": comparison.isnan,
    "le": comparison.le,
    "log": elementwise.log,
    "lt": comparison.lt,
    "matmul": linear_algebra.matmul,
    "max": selection.reduce_max,
    "maximum": selection.maximum,
    "mean": reductions.reduce_mean,
    "min": selection.reduce_min,
    "minimum": selection.minimum,
    "mm": linear_algebra.mm,
    "mul": arithmetic.mul,
    "mv": linear_algebra.mv,
    "narrow": indexing.narrow,
    "ne": comparison.ne,
    "neg": arithmetic.neg,
    "permute": shapes.permute,
    "pow": powers.power,
    "reciprocal": arithmetic.reciprocal,
    "relu": elementwise.relu,
    "remainder": division.remainder,
    "reshape": shapes.reshape,
    "select": indexing.select,
    "sigmoid": elementwise.sigmoid,
    "sin": elementwise.sin,
    "split": joining.split,
    "sqrt": elementwise.sqrt,
    "square": powers.square,
    "squeeze": shapes.squeeze,
    "sub": arithmetic.sub,
    "sum": reductions.reduce_sum,
    "t": shapes.t,
    "tanh": elementwise.tanh,
    "transpose": shapes.transpose,
    "unbind": joining.unbind,
    "unsqueeze": shapes.unsqueeze,
}

# These it has as functions alone.
FUNCTIONS_ONLY: dict[str, Any] = {
    "cat": joining.cat,
    "rsub": arithmetic.rsub,
    "stack": joining.stack,
    "where": selection.where,
}

# And these as methods alone.
METHODS: dict[str, Any] = {
    "backward": tensor_backward,
    "add_": in_place.add_,
    "bool": copying.as_bool,
    "contiguous": copying.contiguous,
    "copy_": in_place.copy_,
    "div_": in_place.div_,
    "double": copying.double,
    "exp_": in_place.exp_,
    "expand": broadcasting.expand,
    "fill_": in_place.fill_,
    "float": copying.as_float,
    "floor_divide_": in_place.floor_divide_,
    "long": copying.long,
    "mul_": in_place.mul_,
    "neg_": in_place.neg_,
    "pow_": in_place.pow_,
    "relu_": in_place.relu_,
    "remainder_": in_place.remainder_,
    "sigmoid_": in_place.sigmoid_,
    "size": shapes.size,
    "sqrt_": in_place.sqrt_,
    "sub_": in_place.sub_,
    "sum_to_size": broadcasting.sum_to_size,
    "tanh_": in_place.tanh_,
    "view": shapes.view,
    "where": selection.where_of,
    "zero_": in_place.zero_,
}

# What `validate_outputs` fits gradients with: nobody else calls these, so their arguments are not looked at.
FITTING: dict[str, Any] = {
    "_cast": copying.cast,
    "_sum_to": broadcasting.sum_to,
}

PROPERTIES: dict[str, Any] = {
    "T": property(shapes.reversed_dims),
    "mT": property(shapes.matrix_transpose),
}


NUMPY = (np.ndarray, np.generic)
KNOW_ARRAYS = (comparison.eq, arithmetic.rdiv)


def _operator(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """`function` as an operator between its operands.

    A number of numpy's is a number. Most know nothing of an array: for them numpy asks the tensor for its own.
    """

    @functools.wraps(function)
    def operator(x: Any, other: Any) -> Any:
        if isinstance(other, NUMPY):
            if isinstance(other, np.ndarray) and function not in KNOW_ARRAYS:
                return NotImplemented
            other = python_number(other)
        try:
            return function(x, other)
        except ForeignOperandError:
            return NotImplemented

    return operator


for _name, _function in {**FUNCTIONS, **METHODS}.items():
    setattr(Tensor, _name, parse_arguments(_function, _name, is_method=True))
PUBLIC = {name: parse_arguments(function, name) for name, function in {**FUNCTIONS, **FUNCTIONS_ONLY}.items()}
for _name, _function in BINARY.items():
    setattr(Tensor, _name, _operator(_function))
for _name, _function in {**REFUSED, **OPERATORS, **FITTING, **PROPERTIES}.items():
    setattr(Tensor, _name, _function)
