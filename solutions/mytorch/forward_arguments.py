"""Arguments of a user's own function: those of its `forward`, also by their names.

Source: torch/csrc/autograd/python_function.cpp, version 2.13.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any


def with_names(apply: Callable[..., Any]) -> Callable[..., Any]:
    """`apply` of a class of users' functions, which may be given arguments of `forward` by name.

    With `setup_context`, what is left out has the default that `forward` gives it.

    Raises: TypeError for names and numbers of arguments that don't fit `forward`.
    Source: `Function.apply`, torch/autograd/function.py.
    """

    @functools.wraps(apply)
    def called(cls: Any, *given: Any, **named: Any) -> Any:
        if cls.setup_context is not None:
            bound = inspect.signature(cls.forward).bind(*given, **named)
            bound.apply_defaults()
            given, named = bound.args, bound.kwargs
        if not named:
            return apply(cls, *given)
        has_ctx = cls.setup_context is None
        return apply(cls, *_in_order(_positional(cls.forward)[has_ctx:], given, named))

    return called


def _positional(function: Callable[..., Any]) -> list[str]:
    """The names of the arguments that need no name."""
    parameters = inspect.signature(function).parameters.values()
    return [each.name for each in parameters if each.kind < each.VAR_POSITIONAL]


def _in_order(names: Sequence[str], given: Sequence[Any], named: dict[str, Any]) -> Sequence[Any]:
    """The arguments called `names`: those `given`, then those `named`, each in its place.

    Raises: TypeError for a name that is unknown or was given already, and for an argument that is missing between.
    Source: `THPFunction_apply`, torch/csrc/autograd/python_function.cpp.
    """
    for name in named:
        if name not in names:
            raise TypeError(f"forward() got an unexpected keyword argument '{name}'")
        if name in names[: len(given)]:
            raise TypeError(f"forward() got multiple values for argument '{name}'")
    last = len(given) + len(named)
    for place, name in enumerate(names[len(given) : last], len(given)):
        if name not in named:
            raise TypeError(f"forward() missing required argument: '{name}' (position {place})")
    return [*given, *(named[name] for name in names[len(given) : last])]
