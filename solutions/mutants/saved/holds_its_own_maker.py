"""Keeps the output itself: output and node hold each other for ever."""


class SavedTensor:
    @classmethod
    def of_output(cls, output):
        return cls(output, is_output=True)
