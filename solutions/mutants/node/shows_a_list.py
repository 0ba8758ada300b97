"""Shows the edges as a list."""


class Node:
    @property
    def next_functions(self):
        return [(edge.function, edge.input_nr) for edge in self.next_edges]
