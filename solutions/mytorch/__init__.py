"""mytorch: PyTorch's autograd in Python, as the course builds it. All names are PyTorch's.

Dividing by zero and the like give infinities and NaN in silence, as in PyTorch: numpy's warnings are switched off.
Unlike PyTorch's, a tensor's `grad_fn` and `output_nr` can be assigned: that is how a student's `recording.py` works.
"""

import numpy as np

from . import autograd, nn, optim
from .creation import (
    arange,
    from_numpy,
    full,
    manual_seed,
    ones,
    ones_like,
    rand,
    randn,
    tensor,
    zeros,
    zeros_like,
)
from .dtypes import bool_, dtype, float32, float64, int64
from .grad_mode import enable_grad, is_grad_enabled, no_grad, set_grad_enabled
from .methods import PUBLIC
from .size import Size
from .tensor import Tensor
from .unsupported import REFUSED, missing_from

np.seterr(all="ignore")

__getattr__ = missing_from(__name__)
globals().update(REFUSED | PUBLIC)
double, float, long = float64, float32, int64  # noqa: A001  # PyTorch's other names of the dtypes
bool = bool_  # noqa: A001  # likewise

__all__ = [
    "Size",
    "Tensor",
    "arange",
    "autograd",
    "cat",
    "dtype",
    "enable_grad",
    "float32",
    "float64",
    "from_numpy",
    "full",
    "int64",
    "is_grad_enabled",
    "manual_seed",
    "nn",
    "no_grad",
    "ones",
    "ones_like",
    "optim",
    "rand",
    "randn",
    "rsub",
    "set_grad_enabled",
    "stack",
    "tensor",
    "where",
    "zeros",
    "zeros_like",
]
