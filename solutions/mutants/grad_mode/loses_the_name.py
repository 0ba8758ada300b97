"""Hands out a function called "wrapped", which takes no named arguments."""


class GradMode:
    def __call__(self, function):
        if inspect.isgeneratorfunction(function):
            return self._decorate_generator(function)

        def wrapped(*args):
            with self.clone():
                return function(*args)

        return wrapped
