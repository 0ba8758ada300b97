"""Counts down, but forgets to line up the node whose last gradient has come."""


class Engine:
    def evaluate_function(self, task, node, buffer):
        results = call_function(task, node, buffer.gradients)
        for edge, gradient in zip(node.next_edges, results, strict=False):
            target = edge.function
            if target is None or target not in task.dependencies:
                continue
            task.not_ready.setdefault(target, InputBuffer(len(target._input_metadata))).add(edge.input_nr, gradient)
            task.dependencies[target] -= 1
