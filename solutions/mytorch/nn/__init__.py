"""`torch.nn`: what a small network needs.

Source: torch/nn/__init__.py, version 2.13.
"""

from typing import Any

from ..unsupported import missing
from . import functional
from .layers import Linear, MSELoss, ReLU, Sequential, Tanh
from .module import Module, Parameter

__all__ = ["Linear", "MSELoss", "Module", "Parameter", "ReLU", "Sequential", "Tanh", "functional"]


def __getattr__(name: str) -> Any:
    """Nothing: this is only asked for names that the module doesn't have.

    Raises: AttributeError that says what to do instead.
    """
    raise missing(f"module '{__name__}'", name)
