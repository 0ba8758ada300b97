"""Switches recording on at the end of each block."""


class GradMode:
    def __exit__(self, kind, error, trace):
        state.enabled = True
