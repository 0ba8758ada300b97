"""Leaves step by step, and enters a call's mode by way of an `ExitStack`."""

import contextlib


class GradMode:
    def __exit__(self, kind, error, trace):
        mode = self.before
        state.enabled = mode
        return False

    def __call__(self, function):
        if inspect.isgeneratorfunction(function):
            return self._decorate_generator(function)
        return _in_mode(self, function)


def _in_mode(mode, function):
    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        with contextlib.ExitStack() as stack:
            stack.enter_context(mode.clone())
            result = function(*args, **kwargs)
        return result

    return wrapped
