"""mytorch: PyTorch's autograd in Python, as the course builds it. The names are PyTorch's."""

import numpy as np

from . import methods as methods
from .creation import tensor
from .dtypes import float32, float64, int64
from .grad_mode import enable_grad, is_grad_enabled, no_grad, set_grad_enabled
from .operations.arithmetic import add, div, mul, neg, reciprocal, rsub, sub
from .operations.elementwise import exp, log, relu, sigmoid, tanh
from .operations.linear_algebra import matmul
from .size import Size
from .tensor import Tensor

np.seterr(all="ignore")
