"""`torch.nn`: what a small network needs.

Source: torch/nn/__init__.py, version 2.13.
"""

from ..unsupported import missing_from
from . import functional
from .layers import Linear, MSELoss, ReLU, Sequential, Tanh
from .module import Module, Parameter

__all__ = ["Linear", "MSELoss", "Module", "Parameter", "ReLU", "Sequential", "Tanh", "functional"]

__getattr__ = missing_from(__name__)
