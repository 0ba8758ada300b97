"""Values in the few characters that a box of a picture has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.probe.plain import text, type_name
from autograder.probe.values import is_tensor, tensor_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DIGITS = 4  # significant ones
WIDEST = 26  # characters of a value


def number_text(value: Any) -> str:
    """A number with few digits: `6`, `0.1429`, `1e-07`, `nan`."""
    if isinstance(value, int):  # a truth value, too
        return str(value)
    return f"{float(value):.{DIGITS}g}"


def value_text(value: Any) -> str:
    """A tensor's numbers as nested brackets; of one that has too many, its shape and the first of them.

    Anything else is shown as Python writes it, or by its type.
    """
    if value is None or isinstance(value, bool | int | str):
        return _cut(repr(value))
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, tuple | list):
        return _cut(bracketed(value_text(each) for each in value[:WIDEST]))
    return _tensor_text(value) if is_tensor(value) else type_name(value)


def bracketed(texts: Iterable[str]) -> str:
    """Some texts as one list."""
    return f"[{', '.join(texts)}]"


def shape_text(shape: Sequence[int]) -> str:
    """A shape as Python writes a tuple: `()`, `(3,)`, `(2, 3)`."""
    return str(tuple(int(size) for size in shape))


def _tensor_text(tensor: Any) -> str:
    try:
        record = tensor_record(tensor)
    except (TypeError, ValueError):  # too many numbers, or none that can be read
        return shape_text(tensor.shape)
    numbers = [number_text(each) for each in record["data"]]
    whole = _nested(numbers, record["shape"])
    if len(whole) <= WIDEST:
        return whole
    return _cut(f"{shape_text(record['shape'])} {bracketed([*numbers[:2], '…'])}")


def _nested(numbers: list[str], shape: Sequence[int]) -> str:
    """The numbers in brackets, as deep as the shape."""
    if not shape:
        return numbers[0]
    step = len(numbers) // shape[0] if shape[0] else 0
    return bracketed(_nested(numbers[row * step : (row + 1) * step], shape[1:]) for row in range(shape[0]))


def _cut(words: str) -> str:
    return text(words) if len(words) <= WIDEST else f"{text(words, WIDEST - 1)}…"
