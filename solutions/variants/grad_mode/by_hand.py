"""Enters and leaves by hand, with `try` and `finally`."""


class GradMode:
    def __exit__(self, *exception):
        state.enabled = self.before

    def __call__(self, function):
        if inspect.isgeneratorfunction(function):
            return self._decorate_generator(function)

        def wrapped(*args, **kwargs):
            mode = self.clone()
            mode.__enter__()
            try:
                return function(*args, **kwargs)
            finally:
                mode.__exit__(None, None, None)

        return functools.update_wrapper(wrapped, function)
