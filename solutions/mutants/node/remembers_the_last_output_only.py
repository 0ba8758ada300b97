"""Remembers the last output only, and calls each of them number 0."""


class Node:
    def add_input_metadata(self, output):
        self._input_metadata = [InputMetadata.of(output)]
        return 0
