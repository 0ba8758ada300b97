"""How a tensor prints.

Source: torch/_tensor_str.py, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def tensor_text(tensor: Any) -> str:
    """`tensor` as text: its numbers, and how it stands in the graph. Source: torch/_tensor_str.py."""
    parts = [_numbers(tensor.array)]
    if tensor.dtype.name not in ("float32", "int64", "bool"):
        parts.append(f"dtype={tensor.dtype}")
    if tensor.grad_fn is not None:
        parts.append(f"grad_fn=<{tensor.grad_fn.name().rsplit('::', 1)[-1]}>")
    elif tensor.requires_grad:
        parts.append("requires_grad=True")
    return f"tensor({', '.join(parts)})"


def _numbers(array: Any) -> str:
    """The elements, all as wide as the widest; fractions with four digits after the point."""
    array = np.asarray(array)
    if array.dtype.kind == "f":
        finite = array[np.isfinite(array)]
        whole = bool(np.all(finite == np.trunc(finite)))
        width = max((len(_float(float(each), whole)) for each in array.flat), default=0)
        text = np.array2string(
            array, formatter={"float_kind": lambda each: _float(float(each), whole).rjust(width)}, separator=", "
        )
    else:
        text = np.array2string(array, formatter={"bool": lambda truth: str(bool(truth))}, separator=", ")
    return text.replace("\n", "\n       ")


def _float(number: float, whole: bool) -> str:
    if not np.isfinite(number):
        return str(number)
    return f"{number:.0f}." if whole else f"{number:.4f}"
