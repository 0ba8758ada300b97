"""A ready queue in order of arrival."""


class ReadyQueue:
    """The nodes that wait for nothing any more, first come, first served."""

    def __init__(self):
        self.waiting = []

    def __len__(self):
        return len(self.waiting)

    def push(self, node, buffer):
        self.waiting.append((node, buffer))

    def pop(self):
        return self.waiting.pop(0)
