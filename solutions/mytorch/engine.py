"""The engine: carries gradients from the roots of a graph to its leaves.

Source: torch/csrc/autograd/engine.cpp, input_buffer.cpp and graph_task.h, version 2.13.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Any

from .call_function import call_function
from .capture import Captures, prepare_captures
from .edge import Edge
from .grad_mode import set_grad_enabled
from .node import Node
from .validation import check_root_gradients


class InputBuffer:
    """The gradients that have arrived for one node so far: one place per input, None while nothing came.

    Source: `struct InputBuffer`, torch/csrc/autograd/input_buffer.h, version 2.13.
    """

    __slots__ = ("gradients",)

    def __init__(self, size: int) -> None:
        self.gradients: list[Any] = [None] * size

    def add(self, input_nr: int, gradient: Any) -> None:
        """Let `gradient` arrive at input `input_nr`.

        Goal: a value used several times gets the sum of what comes back from each use.
        Contract: a missing gradient (None) changes nothing. The gradients that arrived are never changed
        themselves, since their senders may still use them.
        Worked value: after 2.0 and 3.0 at input 0 of a buffer of two, `gradients` is `[tensor(5.), None]`.
        Source: `InputBuffer::add`, torch/csrc/autograd/input_buffer.cpp, version 2.13.
        """
        # Nothing came: the place stays as it is.
        if gradient is None:
            return
        # The first to come is kept, each later one is added to what is there.
        before = self.gradients[input_nr]
        self.gradients[input_nr] = gradient if before is None else before + gradient


class ReadyQueue:
    """The nodes that wait for nothing any more, with their gradients.

    Source: `struct ReadyQueue`, torch/csrc/autograd/engine.h, version 2.13.
    """

    __slots__ = ("arrivals", "heap")

    def __init__(self) -> None:
        self.heap: list[tuple[int, int, Node, InputBuffer]] = []
        self.arrivals = 0

    def __len__(self) -> int:
        return len(self.heap)

    def push(self, node: Node, buffer: InputBuffer) -> None:
        """Put in a node that is ready, together with its gradients.

        Goal: keep the nodes so that `pop` finds the next one to run.
        Contract: any number of nodes can wait, also with equal numbers; nodes are never compared themselves.
        Worked value: a queue of length 0 has length 1 afterwards.
        Source: `ReadyQueue::push`, torch/csrc/autograd/engine.cpp, version 2.13.
        """
        # Order by sequence number first, then by arrival.
        heapq.heappush(self.heap, (-node.sequence_nr, self.arrivals, node, buffer))
        self.arrivals += 1

    def pop(self) -> tuple[Node, InputBuffer]:
        """Take out the node to run next, and its gradients.

        Goal: run what was recorded last first.
        Contract: a node leaves once, with the buffer that came with it. PyTorch takes the one with the highest
        `sequence_nr` (an accumulator has the highest of all); every other order gives the same gradients.
        Worked value: of nodes numbered 4, 7 and 5, PyTorch takes the one numbered 7 first.
        Source: `ReadyQueue::pop` and `CompareNodeTaskTime`, torch/csrc/autograd/engine.h, version 2.13.
        """
        _, _, node, buffer = heapq.heappop(self.heap)
        return node, buffer


class GraphRoot(Node):
    """The node in front of all roots: it sends each root its first gradient.

    Source: `struct GraphRoot`, torch/csrc/autograd/functions/basic_ops.h, version 2.13.
    """

    __slots__ = ("gradients",)

    def __init__(self, root_edges: Sequence[Edge], gradients: Sequence[Any]) -> None:
        super().__init__(tuple(root_edges), sequence_nr=0)
        self.gradients = tuple(gradients)

    def apply(self) -> tuple[Any, ...]:
        """The first gradients, one for each root."""
        return self.gradients


class GraphTask:
    """All that one backward pass knows: nothing of it outlives the pass.

    `dependencies` counts for each node that takes part the edges along which a gradient is still to come,
    `not_ready` holds the buffers of nodes that have got some of theirs, `ready_queue` the nodes that have got all.

    Source: `struct GraphTask`, torch/csrc/autograd/graph_task.h, version 2.13.
    """

    __slots__ = ("captures", "dependencies", "keep_graph", "not_ready", "ready_queue")

    def __init__(self, keep_graph: bool = False) -> None:
        self.keep_graph = keep_graph
        self.dependencies: dict[Node, int] = {}
        self.not_ready: dict[Node, InputBuffer] = {}
        self.ready_queue = ReadyQueue()
        self.captures: Captures | None = None


class Engine:
    """Runs backward passes; it keeps nothing between them.

    Source: `struct Engine`, torch/csrc/autograd/engine.h, version 2.13.
    """

    def compute_dependencies(self, root: Node) -> dict[Node, int]:
        """How many edges lead to each node that can be reached from `root`; `root` itself is left out.

        Goal: know of each node how many gradients it has to wait for.
        Contract: every edge counts, also the second one between the same two nodes; empty edges don't. Each node's
        edges are counted once, however many paths lead to the node. Graphs may be millions of nodes deep.
        Worked value: for `y = x * x` the accumulator of `x` counts 2.
        Source: `Engine::compute_dependencies`, torch/csrc/autograd/engine.cpp, version 2.13.
        """
        dependencies: dict[Node, int] = {}
        waiting = [root]
        # Visit each node once, in any order, without recursion.
        while waiting:
            for edge in waiting.pop().next_edges:
                node = edge.function
                if node is None:
                    continue
                # A node met for the first time is still to be visited.
                if node not in dependencies:
                    dependencies[node] = 0
                    waiting.append(node)
                # Count every edge once.
                dependencies[node] += 1
        return dependencies

    def evaluate_function(self, task: GraphTask, node: Node, buffer: InputBuffer) -> None:
        """Run `node` on the gradients in `buffer`, and let its results arrive at the nodes behind it.

        Goal: a node runs once, after everything it waits for has come.
        Contract: `call_function(task, node, buffer.gradients)` runs the node, with hooks and all, and returns one
        gradient per edge. Each arrives in its node's buffer in `task.not_ready`, at the edge's `input_nr`, and there
        is one dependency less; a missing gradient (None) arrives too. A buffer has as many places as the node's
        `_input_metadata` has entries. A node without dependencies left moves with its buffer to `task.ready_queue`.
        Nodes that are not in `task.dependencies` take no part in this pass.
        Worked value: for `y = x * x`, running `y.grad_fn` takes the count of x's accumulator from 2 to 0.
        Source: `Engine::evaluate_function`, torch/csrc/autograd/engine.cpp, version 2.13.
        """
        dependencies, not_ready = task.dependencies, task.not_ready
        results = call_function(task, node, buffer.gradients)
        for edge, gradient in zip(node.next_edges, results, strict=False):
            # Leave out empty edges, and nodes that take no part.
            target = edge.function
            if target is None or target not in dependencies:
                continue
            # Let the gradient arrive at its input.
            arrived = not_ready.get(target)
            if arrived is None:
                arrived = not_ready[target] = InputBuffer(len(target._input_metadata))
            arrived.add(edge.input_nr, gradient)
            # One edge less to wait for; after the last one the node is ready.
            still_to_come = dependencies[target] = dependencies[target] - 1
            if still_to_come == 0:
                task.ready_queue.push(target, not_ready.pop(target))

    def execute(
        self,
        root_edges: Sequence[Edge],
        gradients: Sequence[Any],
        keep_graph: bool = False,
        create_graph: bool = False,
        accumulate_grad: bool = True,
        output_edges: Sequence[Edge] = (),
    ) -> tuple[Any, ...]:
        """One backward pass from `root_edges`, which receive `gradients`, one a root.

        Goal: every node behind the roots runs once, and each leaf has its gradient in the end.
        Contract: several roots, or one root twice, add up: one `GraphRoot`, which has no inputs, stands in front of
        them. With `keep_graph` saved values survive. With `create_graph` the pass itself is recorded; without it the
        grad mode is off while nodes run (`set_grad_enabled`). `prepare_captures` restricts the pass to what leads to
        `output_edges`, if there are any, and the result is their gradients, otherwise `()`.
        Worked value: for `y = x * x` at 3.0, `execute([gradient_edge(y)], [tensor(1.)])` leaves `x.grad` at 6.0.
        Source: `Engine::execute`, torch/csrc/autograd/engine.cpp, version 2.13.
        """
        # Put one node in front of all roots, and count what each node waits for.
        root = GraphRoot(root_edges, check_root_gradients(root_edges, gradients))
        task = GraphTask(keep_graph)
        task.dependencies = self.compute_dependencies(root)
        task.captures = prepare_captures(task.dependencies, root, output_edges, accumulate_grad)
        # Run ready nodes until none is left.
        task.ready_queue.push(root, InputBuffer(0))
        with set_grad_enabled(create_graph):
            while task.ready_queue:
                node, buffer = task.ready_queue.pop()
                self.evaluate_function(task, node, buffer)
        return () if task.captures is None else task.captures.results()
