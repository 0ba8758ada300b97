"""Where the reference's microseconds go on scalars: each step of a pass over all nodes, by itself.

Nothing is watched from inside, which would cost more than what is watched: a step is run alone for the whole graph, or
is what one run takes longer than another. What the engine does between its nodes is the rest.
"""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

Build = Callable[[Any], Any]  # a leaf, or many, to the root of a graph


def steps(mytorch: Any, build: Build, values: Any, rounds: int) -> dict[str, float]:
    """Seconds of CPU time by step, the best of some rounds each."""

    def leaves() -> Any:
        made = [mytorch.tensor(value, dtype=mytorch.float64, requires_grad=True) for value in np.atleast_1d(values)]
        return made if np.ndim(values) else made[0]

    def unrecorded() -> Any:
        with mytorch.no_grad():
            return build(leaves())

    numbers = np.float64(values) if not np.ndim(values) else [np.float64(value) for value in values]
    engine = mytorch.backward.engine
    computed = _best(rounds, lambda: build(numbers))
    forward = _best(rounds, unrecorded)
    with _uncollected():
        recorded = _best(rounds, lambda: build(leaves()))
    out = build(leaves())
    nodes = _nodes(out.grad_fn)
    one = mytorch.tensor(1.0, dtype=mytorch.float64)
    counted = _best(rounds, lambda: engine.compute_dependencies(out.grad_fn))
    inner = [node for node in nodes if node.next_edges]
    formulas = _best(rounds, lambda: [node.apply(one) for node in inner])
    results = [(node, node.apply(one)) for node in inner]
    validated = _best(rounds, lambda: [mytorch.validation.validate_outputs(*pair) for pair in results])
    backward = _best(rounds, lambda: out.backward(retain_graph=True))
    return {
        "numpy computes": computed,
        "operators, dtypes, a Tensor": forward - computed,
        "recording: edges, node, metadata": recorded - forward,
        "the garbage collector meanwhile": _best(rounds, lambda: build(leaves())) - recorded,
        "counting dependencies": counted,
        "formulas": formulas,
        "checking shapes and dtypes": validated,
        "ready queue, buffers, hooks": backward - counted - formulas - validated,
        "freeing": _freeing(rounds, lambda: build(leaves())),
    }


def _best(rounds: int, run: Callable[[], Any]) -> float:
    """The least CPU time of some runs, without that of freeing what they return."""
    best = math.inf
    for _ in range(rounds):
        started = time.process_time()
        result = run()
        best = min(best, time.process_time() - started)
        del result
    return best


def _freeing(rounds: int, make: Callable[[], Any]) -> float:
    """The least CPU time that freeing the result of `make` takes."""
    best = math.inf
    for _ in range(rounds):
        graphs = [make()]
        started = time.process_time()
        graphs.clear()
        best = min(best, time.process_time() - started)
    return best


@contextmanager
def _uncollected() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _nodes(root: Any) -> list[Any]:
    """All nodes of a graph, each once."""
    seen, waiting = {root}, [root]
    while waiting:
        for node, _ in waiting.pop().next_functions:
            if node is not None and node not in seen:
                seen.add(node)
                waiting.append(node)
    return list(seen)
