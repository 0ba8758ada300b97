"""Keeps the metadata of the outputs with the largest in front, so that they no longer match their numbers."""


class Node:
    def add_input_metadata(self, output):
        self._input_metadata.append(InputMetadata.of(output))
        self._input_metadata.sort(key=lambda metadata: metadata.shape, reverse=True)
        return len(self._input_metadata) - 1
