"""The graph as users meet it.

Source: torch/autograd/graph.py, version 2.13.
"""

from typing import Any

from ..gradient_edge import GradientEdge, get_gradient_edge
from ..node import Node
from ..unsupported import missing

__all__ = ["GradientEdge", "Node", "get_gradient_edge"]


def __getattr__(name: str) -> Any:
    """Nothing: this is only asked for names that the module doesn't have.

    Raises: AttributeError that says what to do instead.
    """
    raise missing(f"module '{__name__}'", name)
