"""Arguments by name: under PyTorch's names or numpy's, or those of a user's function; any others are refused.

Source: torch/csrc/utils/python_arg_parser.cpp, version 2.13.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Result = TypeVar("Result")

ALIASES = {"input": "x", "axis": "dim", "keepdims": "keepdim", "split_size": "split_size_or_sections"}

ADVICE = {
    "dtype": "use x.to(dtype) first",
    "out": "use what is returned",
    "copy": "use x.clone()",
    "rounding_mode": "use x // y",
    "generator": "use torch.manual_seed",
    **dict.fromkeys(("device", "layout", "memory_format", "non_blocking"), "leave it out, since all memory is alike"),
}


def parse_arguments(function: Callable[..., Result], name: str | None = None) -> Callable[..., Result]:
    """`function`, called by PyTorch's names of its arguments, those of numpy among them.

    Raises: TypeError for an argument that it doesn't take, with what to use instead.
    Source: `numpy_compatibility_arg_names`, torch/csrc/utils/python_arg_parser.cpp.
    """
    parameters = inspect.signature(function).parameters.values()
    names = [each.name for each in parameters if each.kind is not each.VAR_POSITIONAL and each.name != "self"]
    sizes = next((each.name for each in parameters if each.kind is each.VAR_POSITIONAL), None)

    @functools.wraps(function)
    def called(*args: Any, **named: Any) -> Result:
        for given in [each for each in named if each not in names] if named else ():
            value = named.pop(given)
            wanted = ALIASES.get(given, given)
            if wanted in names:
                named[wanted] = value
            elif given == sizes:
                args = (*args, value)
            else:
                instead = ADVICE.get(given, f"use {', '.join(names)}")
                raise TypeError(f"{name or function.__name__}({given}=) is not supported here: {instead}")
        return function(*args, **named)

    return called


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
