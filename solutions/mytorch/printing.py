"""How a tensor prints.

Source: torch/_tensor_str.py, version 2.13.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

HEAD = "tensor("
LINE = 80  # characters
MANY, EDGE = 1000, 3  # of more elements than MANY, only EDGE at either end of each dimension are shown


class Writer(NamedTuple):
    """How each element is written, and how wide that is; where all are 0 or infinite, PyTorch takes 1 for the width.

    Source: `_Formatter`, torch/_tensor_str.py.
    """

    write: Callable[[Any], str]
    width: int


def tensor_text(tensor: Any) -> str:
    """`tensor` as text: its numbers, and how it stands in the graph. Source: torch/_tensor_str.py."""
    array = np.asarray(tensor.array)
    text = HEAD + (_nested(array, _writer(array), len(HEAD)) if array.size else "[]")
    length = len(text) - text.rfind("\n") + 1
    for suffix in _suffixes(tensor, array):
        fits = length + len(suffix) + 2 <= LINE
        text += f", {suffix}" if fits else f",\n{' ' * len(HEAD)}{suffix}"
        length = length + len(suffix) + 2 if fits else len(HEAD) + len(suffix)
    return f"{text})"


def _suffixes(tensor: Any, array: Any) -> Iterator[str]:
    if not array.size and array.ndim != 1:
        yield f"size={array.shape}"
    if tensor.dtype.name not in ("float32", "int64", "bool") or (not array.size and tensor.dtype.name != "float32"):
        yield f"dtype={tensor.dtype}"
    if (name := _name_of_maker(tensor)) is not None:
        yield f"grad_fn=<{name}>"
    elif tensor.requires_grad:
        yield "requires_grad=True"


def _name_of_maker(tensor: Any) -> str | None:
    """The name of the tensor's `grad_fn`: "Invalid" where a forbidden change in place has left it without one."""
    try:
        node = tensor.grad_fn
    except RuntimeError:
        return "Invalid"
    return None if node is None else str(node.name().rsplit("::", 1)[-1])


def _nested(array: Any, writer: Writer, indent: int, is_short: bool | None = None) -> str:
    """The elements in one pair of brackets for each dimension, the lines broken at the page's edge."""
    if not array.ndim:
        return writer.write(array.item())
    is_short = array.size > MANY if is_short is None else is_short
    is_cut = is_short and len(array) > 2 * EDGE
    shown = [*array[:EDGE], *array[-EDGE:]] if is_cut else array
    parts = [_nested(np.asarray(part), writer, indent + 1, is_short) for part in shown]
    if is_cut:
        parts.insert(EDGE, " ..." if array.ndim == 1 else "...")
    margin = "\n" * max(1, array.ndim - 1) + " " * (indent + 1)
    if array.ndim > 1:
        return f"[{f',{margin}'.join(parts)}]"
    in_a_line = max(1, (LINE - indent) // (writer.width + 2))
    lines = [", ".join(parts[start : start + in_a_line]) for start in range(0, len(parts), in_a_line)]
    return f"[{f',{margin}'.join(lines)}]"


def _writer(array: Any) -> Writer:
    """How each element is written: all in one style, and as wide as the widest that is shown."""
    shown = _ends(array) if array.size > MANY else array
    if array.dtype.kind != "f":
        return _padded(str, [each.item() for each in shown.flat])
    counted = [each.item() for each in shown.flat if np.isfinite(each) and each != 0]
    return _padded(_style(counted), counted)


def _padded(write: Callable[[Any], str], widest: list[Any]) -> Writer:
    width = max((len(write(each)) for each in widest), default=1)
    return Writer(lambda number: write(number).rjust(width), width)


def _style(numbers: list[float]) -> Callable[[Any], str]:
    """Whole, with four digits after the point, or with an exponent where sizes differ widely."""
    sizes = [abs(each) for each in numbers] or [1.0]
    if max(sizes) / min(sizes) > 1e3 or max(sizes) > 1e8 or min(sizes) < 1e-4:
        return lambda number: f"{number:.4e}"
    if all(each.is_integer() for each in numbers):
        return lambda number: f"{number:.0f}." if np.isfinite(number) else f"{number:.0f}"
    return lambda number: f"{number:.4f}"


def _ends(array: Any) -> Any:
    """What of a large tensor is shown: the first and last few of each dimension."""
    for dimension, size in enumerate(array.shape):
        if size > 2 * EDGE:
            array = np.delete(array, range(EDGE, size - EDGE), dimension)
    return array
