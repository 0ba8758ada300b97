"""Gives the next node with the buffer of another one."""


class ReadyQueue:
    def pop(self):
        other = self.heap[-1][3]
        _, _, node, _ = heapq.heappop(self.heap)
        return node, other
