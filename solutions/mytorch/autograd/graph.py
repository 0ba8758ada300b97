"""The graph as users meet it.

Source: torch/autograd/graph.py, version 2.13.
"""

from ..gradient_edge import GradientEdge, get_gradient_edge
from ..node import Node
from ..unsupported import missing_from

__all__ = ["GradientEdge", "Node", "get_gradient_edge"]

__getattr__ = missing_from(__name__)
