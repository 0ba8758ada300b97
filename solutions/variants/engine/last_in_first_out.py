"""A ready queue that gives back first what came last; buffers that begin empty."""


class ReadyQueue:
    """The nodes that wait for nothing any more, a stack."""

    def __init__(self):
        self.waiting = []

    def __len__(self):
        return len(self.waiting)

    def push(self, node, buffer):
        self.waiting.append((node, buffer))

    def pop(self):
        return self.waiting.pop()


class InputBuffer:
    def add(self, input_nr, gradient):
        if gradient is not None:
            arrived = [self.gradients[input_nr], gradient]
            self.gradients[input_nr] = arrived[1] if arrived[0] is None else arrived[0] + arrived[1]
