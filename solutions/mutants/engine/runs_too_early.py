"""Runs a node as soon as anything has arrived, without waiting for the rest."""


class Engine:
    def evaluate_function(self, task, node, buffer):
        results = call_function(task, node, buffer.gradients)
        for edge, gradient in zip(node.next_edges, results, strict=False):
            target = edge.function
            if target is None or target not in task.dependencies:
                continue
            arrived = InputBuffer(len(target._input_metadata))
            arrived.add(edge.input_nr, gradient)
            task.dependencies[target] -= 1
            if gradient is not None:
                task.ready_queue.push(target, arrived)
