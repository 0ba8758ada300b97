"""An endless loop in one method: waits for an empty edge to become valid."""


class Edge:
    def is_valid(self):
        while self.function is None:
            pass
        return True
