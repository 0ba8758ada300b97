"""Goes on waiting for a gradient that turned out to be missing."""


class Engine:
    def evaluate_function(self, task, node, buffer):
        results = call_function(task, node, buffer.gradients)
        for edge, gradient in zip(node.next_edges, results, strict=False):
            target = edge.function
            if target is None or target not in task.dependencies or gradient is None:
                continue
            if target not in task.not_ready:
                task.not_ready[target] = InputBuffer(len(target._input_metadata))
            task.not_ready[target].add(edge.input_nr, gradient)
            task.dependencies[target] -= 1
            if task.dependencies[target] == 0:
                task.ready_queue.push(target, task.not_ready.pop(target))
