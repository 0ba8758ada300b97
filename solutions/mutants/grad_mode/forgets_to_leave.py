"""Leaves the mode only when the function returns."""


class GradMode:
    def __call__(self, function):
        if inspect.isgeneratorfunction(function):
            return self._decorate_generator(function)

        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            before, state.enabled = state.enabled, self.mode
            result = function(*args, **kwargs)
            state.enabled = before
            return result

        return wrapped
