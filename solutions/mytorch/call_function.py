"""One call of a node by the engine, with everything that users may hang around it.

Source: `call_function`, torch/csrc/autograd/engine.cpp, version 2.13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .anomaly import AnomalyMode, check_results, warn_of_error
from .node import Node
from .validation import validate_outputs

if TYPE_CHECKING:
    from .engine import GraphTask


def call_function(task: GraphTask, node: Node, gradients: list[Any]) -> list[Any]:
    """What `node` makes of `gradients`: one gradient per edge, of the shape and dtype that the edge's input has.

    Runs the hooks, hands captured gradients to the task, then frees saved tensors unless the graph is kept. The list is
    empty for a node that was only to be captured. In anomaly mode any error comes with a warning that shows where the
    node was recorded.

    Source: `call_function` and `GraphTask::set_exception`, torch/csrc/autograd/engine.cpp.
    """
    try:
        hooks = node._hooks
        arrived = gradients
        if hooks is not None:
            gradients = hooks.run_tensor_hooks(gradients)
        if task.captures is not None and not task.captures.take(node, arrived, gradients):
            return []
        if hooks is not None:
            gradients = hooks.run_pre_hooks(gradients)
        returned = node.apply(*gradients)
        if task.captures is not None:
            returned = task.captures.wanted(node, returned)
        if AnomalyMode.enabled:
            check_results(node, returned)
        results = validate_outputs(node, returned)
        if hooks is not None:
            results = hooks.run_post_hooks(results, gradients)
    except Exception:
        if AnomalyMode.enabled:
            warn_of_error(node)
        raise
    if not task.keep_graph:
        node.release_variables()
    return results
