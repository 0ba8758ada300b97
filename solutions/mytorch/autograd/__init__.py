"""`torch.autograd`: gradients on demand, users' own functions, and looks into the graph.

Source: torch/autograd/__init__.py, version 2.13.
"""

from typing import Any

from ..anomaly import detect_anomaly, set_detect_anomaly
from ..backward import backward, grad
from ..function import Function
from ..grad_mode import enable_grad, no_grad, set_grad_enabled
from ..unsupported import missing
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


def __getattr__(name: str) -> Any:
    """Nothing: this is only asked for names that the module doesn't have.

    Raises: AttributeError that says what to do instead.
    """
    raise missing(f"module '{__name__}'", name)
