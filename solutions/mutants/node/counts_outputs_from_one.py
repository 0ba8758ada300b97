"""Numbers the outputs from 1: the number is taken after the output was stored."""


class Node:
    def add_input_metadata(self, output):
        self._input_metadata.append(InputMetadata.of(output))
        return len(self._input_metadata)
