"""Shows only the edges that lead somewhere: a constant loses its place."""


class Node:
    @property
    def next_functions(self):
        return tuple((edge.function, edge.input_nr) for edge in self.next_edges if edge.function is not None)
