"""`torch.autograd`: gradients on demand, users' own functions, and looks into the graph.

Source: torch/autograd/__init__.py, version 2.13.
"""

from ..anomaly import detect_anomaly, set_detect_anomaly
from ..backward import backward, grad
from ..function import Function
from ..grad_mode import enable_grad, no_grad, set_grad_enabled
from ..unsupported import missing_from
from . import graph
from .gradcheck import gradcheck, gradgradcheck

__all__ = [
    "Function",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "graph",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
]

__getattr__ = missing_from(__name__)
