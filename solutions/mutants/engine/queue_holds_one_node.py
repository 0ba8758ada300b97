"""Holds one node only: who comes later takes the place of who was there."""


class ReadyQueue:
    def push(self, node, buffer):
        self.heap = [(-node.sequence_nr, self.arrivals, node, buffer)]
        self.arrivals += 1
