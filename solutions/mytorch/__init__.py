"""mytorch: PyTorch's autograd in Python, as the course builds it. All names are PyTorch's.

Dividing by zero and the like give infinities and NaN in silence, as in PyTorch: numpy's warnings are switched off.
Unlike PyTorch's, a tensor's `grad_fn` and `output_nr` can be assigned: that is how a student's `recording.py` works.
"""

from typing import Any

import numpy as np

from . import autograd, nn, optim
from .arguments import parse_arguments
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
from .methods import FUNCTIONS
from .operations import arithmetic
from .operations.joining import cat, stack
from .operations.selection import where
from .size import Size
from .tensor import Tensor
from .unsupported import REFUSED, missing

np.seterr(all="ignore")


def __getattr__(name: str) -> Any:
    """Nothing: this is only asked for names that the package doesn't have.

    Raises: AttributeError that says what to do instead.
    """
    raise missing(f"module '{__name__}'", name)


globals().update(REFUSED | FUNCTIONS)
rsub = parse_arguments(arithmetic.rsub)
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
