"""Treats a generator function like any other: its body runs long after the block."""


class GradMode:
    def __call__(self, function):
        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            with self.clone():
                return function(*args, **kwargs)

        return wrapped
