"""The first difference between two values, and values as Python writes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeGuard

from autograder.checks.causes import parted, unwanted
from autograder.model.record import Record
from autograder.model.transcript import Number, OtherValue, PlainValue, SequenceValue, TensorValue, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.model.verdict import Cause

SHOWN_NUMBERS = 8
SHOWN_DEPTH = 3


class Tolerance(Record, frozen=True):
    """How far a number may lie from the expected one: `atol + rtol * |expected|`; None means by dtype."""

    rtol: float | None = None
    atol: float | None = None

    def of(self, dtype: str) -> tuple[float, float]:
        """Both parts for numbers of a dtype."""
        rtol, atol = BY_DTYPE.get(dtype, (0.0, 0.0))
        return rtol if self.rtol is None else self.rtol, atol if self.atol is None else self.atol


# The rounding of a few dozen operations: some 1e7 times, 100 times and 8 times the precision of the dtype.
BY_DTYPE = {
    "float64": (1e-9, 1e-12),
    "float32": (1e-5, 1e-7),
    "float16": (1e-2, 1e-4),
    "bfloat16": (5e-2, 1e-3),
    "float": (1e-5, 1e-7),  # a Python number is often the `.item()` of a float32 tensor
}


def value_cause(path: str, expected: Value, found: Value, tolerance: Tolerance) -> Cause | None:
    """The first difference between two values; a recursion no deeper than the expected value is."""
    match expected, found:
        case TensorValue(), TensorValue():
            return tensor_cause(path, expected, found, tolerance)
        case PlainValue(type="float"), PlainValue(type="float"):
            is_close = _is_close(expected.data, found.data, tolerance.of("float"))
            return None if is_close else parted(path, shown(expected), shown(found))
        case SequenceValue(), SequenceValue() if expected.type == found.type:
            return _sequence_cause(path, expected, found, tolerance)
        case _:
            return None if _is_same(expected, found) else parted(path, shown(expected), shown(found))


def tensor_cause(path: str, expected: TensorValue, found: TensorValue, tolerance: Tolerance) -> Cause | None:
    """The first of shape, dtype and numbers in which two tensors differ."""
    if expected.shape != found.shape:
        return parted(f"{path}.shape", str(expected.shape), str(found.shape))
    if expected.dtype != found.dtype:
        return parted(f"{path}.dtype", expected.dtype, found.dtype[:50])
    allowed = tolerance.of(expected.dtype)
    for index, number in enumerate(expected.data):
        place = path + _subscript(expected.shape, index)
        if index >= len(found.data):
            return parted(place, _number(number), None)
        if not _is_close(number, found.data[index], allowed):
            return parted(place, _number(number), _number(found.data[index]))
    if len(found.data) > len(expected.data):
        return unwanted(f"{path}.tolist()", _number(found.data[len(expected.data)]))
    return None


def _sequence_cause(path: str, expected: SequenceValue, found: SequenceValue, tolerance: Tolerance) -> Cause | None:
    for index, item in enumerate(expected.items):
        place = f"{path}[{index}]"
        if index >= len(found.items):
            return parted(place, shown(item), None)
        cause = value_cause(place, item, found.items[index], tolerance)
        if cause is not None:
            return cause
    if len(found.items) > len(expected.items):
        return unwanted(f"{path}[{len(expected.items)}]", shown(found.items[len(expected.items)]))
    return None


def _is_same(expected: Value, found: Value) -> bool:
    """Whether two values are equal exactly; `True` is not 1."""
    if isinstance(expected, PlainValue) and isinstance(found, PlainValue):
        return expected.type == found.type and expected.data == found.data
    return isinstance(expected, OtherValue) and expected == found


def _is_close(expected: object, found: object, allowed: tuple[float, float]) -> bool:
    """Whether two numbers are near; truth values and the tagged NaN and infinities are only equal to themselves."""
    if not _is_number(expected) or not _is_number(found):
        return type(expected) is type(found) and expected == found
    rtol, atol = allowed
    try:
        return expected == found or abs(found - expected) <= atol + rtol * abs(expected)
    except OverflowError:  # a whole number that no float can hold
        return False


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _subscript(shape: Sequence[int], index: int) -> str:
    """How one writes the place of a number in a tensor: "[1, 2]"; nothing for a single number."""
    if not shape:
        return ""
    places = []
    for size in reversed(shape):
        index, place = divmod(index, size or 1)
        places.append(str(place))
    return f"[{', '.join(reversed(places))}]"


def shown(value: Value | None, depth: int = SHOWN_DEPTH) -> str:  # noqa: PLR0911 - one for each kind
    """A value about as Python writes it, short."""
    match value:
        case TensorValue():
            return _tensor(value)
        case PlainValue(type="str"):
            return _cut(repr(value.data))
        case PlainValue(type="float"):
            return _number(value.data)
        case PlainValue():
            return _cut(digits(value.data))
        case SequenceValue():
            left, right = "()" if value.type == "tuple" else "[]"
            comma = "," if value.type == "tuple" and len(value.items) == 1 else ""
            return f"{left}{', '.join(_items(value, depth))}{comma}{right}"
        case OtherValue():
            return f"<{_cut(value.type)} object>"
        case None:
            return "None"


def _items(value: SequenceValue, depth: int) -> Iterator[str]:
    if depth == 0:
        yield "…"
        return
    yield from (shown(item, depth - 1) for item in value.items[:SHOWN_NUMBERS])
    if len(value.items) > SHOWN_NUMBERS:
        yield "…"


def _tensor(value: TensorValue) -> str:
    if len(value.data) > SHOWN_NUMBERS or math.prod(value.shape) != len(value.data):
        return f"tensor(…, shape={_cut(str(value.shape))})"
    rows = [_number(number) for number in value.data]
    for size in reversed(value.shape):
        rows = [f"[{', '.join(rows[start : start + size])}]" for start in range(0, len(rows), size or 1)] or ["[]"]
    return f"tensor({rows[0]})"


def _number(value: Number | bool | str | None) -> str:
    return repr(float(f"{value:.10g}")) if isinstance(value, float) else _cut(digits(value))


def digits(value: object) -> str:
    """A whole number's text; Python refuses to write out the very longest ones."""
    try:
        return str(value)
    except ValueError:
        return "int(…)"


def _cut(text: str, characters: int = 100) -> str:
    return text if len(text) <= characters else f"{text[:characters]}…"
