"""Forgets the number of arrival: nodes of equal sequence number are compared themselves."""


class ReadyQueue:
    def push(self, node, buffer):
        heapq.heappush(self.heap, (-node.sequence_nr, node, buffer))

    def pop(self):
        return heapq.heappop(self.heap)[1:]
