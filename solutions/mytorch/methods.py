"""The methods of tensors that record graphs: each is an operation's own function, attached under PyTorch's name.

They stand apart from `Tensor`, since operations make tensors: `operations/` imports `tensor.py`, never the reverse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .backward import tensor_backward
from .operations import arithmetic, copying, elementwise, in_place, linear_algebra, reductions, shapes
from .tensor import Tensor

METHODS: dict[str, Callable[..., Any]] = {
    "__add__": arithmetic.add,
    "__radd__": arithmetic.add,
    "__sub__": arithmetic.sub,
    "__rsub__": arithmetic.rsub,
    "__mul__": arithmetic.mul,
    "__rmul__": arithmetic.mul,
    "__truediv__": arithmetic.div,
    "__rtruediv__": arithmetic.rdiv,
    "__pow__": arithmetic.power,
    "__rpow__": arithmetic.rpower,
    "__neg__": arithmetic.neg,
    "__matmul__": linear_algebra.matmul,
    "add": arithmetic.add,
    "sub": arithmetic.sub,
    "mul": arithmetic.mul,
    "div": arithmetic.div,
    "neg": arithmetic.neg,
    "pow": arithmetic.power,
    "reciprocal": arithmetic.reciprocal,
    "exp": elementwise.exp,
    "log": elementwise.log,
    "tanh": elementwise.tanh,
    "sigmoid": elementwise.sigmoid,
    "relu": elementwise.relu,
    "sum": reductions.reduce_sum,
    "mean": reductions.reduce_mean,
    "matmul": linear_algebra.matmul,
    "mm": linear_algebra.mm,
    "mv": linear_algebra.mv,
    "dot": linear_algebra.dot,
    "reshape": shapes.reshape,
    "view": shapes.reshape,
    "expand": shapes.expand,
    "t": shapes.t,
    "unsqueeze": shapes.unsqueeze,
    "sum_to_size": shapes.sum_to_size,
    "add_": in_place.add_,
    "sub_": in_place.sub_,
    "mul_": in_place.mul_,
    "div_": in_place.div_,
    "neg_": in_place.neg_,
    "exp_": in_place.exp_,
    "zero_": in_place.zero_,
    "__iadd__": in_place.add_,
    "__isub__": in_place.sub_,
    "__imul__": in_place.mul_,
    "__itruediv__": in_place.div_,
    "clone": copying.clone,
    "backward": tensor_backward,
}

for name, function in METHODS.items():
    setattr(Tensor, name, function)
