"""What a grad mode decorates: functions, and the making of objects where a class is given.

Source: torch/utils/_contextlib.py, version 2.13.
"""

from __future__ import annotations

import functools
import inspect
import warnings
from collections.abc import Callable
from typing import Any

Function = Callable[..., Any]


def functions_only(decorate: Callable[[Any, Function], Function]) -> Callable[[Any, Function], Function]:
    """`decorate`, which is never given a class: after a warning, a function that makes its objects stands for it.

    Source: `_DecoratorContextManager.__call__`, torch/utils/_contextlib.py.
    """

    @functools.wraps(decorate)
    def called(self: Any, function: Function) -> Function:
        if not inspect.isclass(function):
            return decorate(self, function)
        warnings.warn(
            "Decorating classes is deprecated and will be disabled in future versions. You should only decorate "
            "functions or methods. To preserve the current behavior of class decoration, you can directly decorate the "
            "`__init__` method and nothing else.",
            FutureWarning,
            stacklevel=2,
        )
        return decorate(self, lambda *args, **kwargs: function(*args, **kwargs))  # noqa: PLW0108  # no class

    return called
