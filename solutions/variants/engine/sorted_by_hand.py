"""A ready queue that is sorted at each pop, and dependencies counted breadth first, with the root among them."""


class ReadyQueue:
    """The nodes that wait for nothing any more."""

    def __init__(self):
        self.waiting = []

    def __len__(self):
        return len(self.waiting)

    def push(self, node, buffer):
        self.waiting = self.waiting + [(node, buffer)]

    def pop(self):
        self.waiting.sort(key=lambda pair: pair[0].sequence_nr)
        return self.waiting.pop()


class Engine:
    def compute_dependencies(self, root):
        counts = {}
        level = [root]
        while level:
            below = []
            for node in level:
                for edge in node.next_edges:
                    if edge.is_valid():
                        if edge.function not in counts:
                            below.append(edge.function)
                        counts[edge.function] = counts.get(edge.function, 0) + 1
            level = below
        return counts

    def evaluate_function(self, task, node, buffer):
        results = call_function(task, node, buffer.gradients)
        for edge, gradient in zip(node.next_edges, results):
            if not edge.is_valid() or edge.function not in task.dependencies:
                continue
            target = edge.function
            task.not_ready.setdefault(target, InputBuffer(len(target._input_metadata))).add(edge.input_nr, gradient)
            task.dependencies[target] -= 1
            if not task.dependencies[target]:
                task.ready_queue.push(target, task.not_ready.pop(target))
