"""Gives the node that is asked for with an empty buffer."""


class ReadyQueue:
    def pop(self):
        _, _, node, buffer = heapq.heappop(self.heap)
        return node, InputBuffer(len(buffer.gradients))
