"""Takes the input number for the sign of a valid edge: an edge to input 0 counts as empty."""


class Edge:
    def is_valid(self):
        return self.input_nr > 0
