"""Shows None, not the empty tuple, where a node has no edges; else each pair as a list."""


class Node:
    @property
    def next_functions(self):
        return tuple([edge.function, edge.input_nr] for edge in self.next_edges) or None
