"""Goes back to the mode of the first time that the object was entered."""


class GradMode:
    def __exit__(self, kind, error, trace):
        state.enabled = vars(self).setdefault("first", self.before)
