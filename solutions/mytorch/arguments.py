"""Arguments by name: under PyTorch's names or numpy's; any others are refused, with what to use instead.

Source: torch/csrc/utils/python_arg_parser.cpp, version 2.13.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
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
