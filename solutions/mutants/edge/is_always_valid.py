"""Holds every edge valid, the empty one too."""


class Edge:
    def is_valid(self):
        return True
