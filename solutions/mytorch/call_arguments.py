"""What a user may call a node with.

Source: `THPCppFunction_call`, torch/csrc/autograd/python_cpp_function.cpp, version 2.13.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any


def with_gradients(call: Callable[..., Any]) -> Callable[..., Any]:
    """`call` of a node, which takes gradients alone: tensors, or None for missing ones.

    Raises: TypeError for anything else, and for gradients by name.
    Source: `THPCppFunction_call`, torch/csrc/autograd/python_cpp_function.cpp.
    """

    @functools.wraps(call)
    def called(self: Any, *gradients: Any, **named: Any) -> Any:
        if named:
            raise TypeError("keyword arguments are not supported")
        for place, gradient in enumerate(gradients):
            if gradient is not None and not hasattr(gradient, "grad_fn"):
                raise TypeError(f"argument {place} is not a Variable")
        return call(self, *gradients)

    return called
