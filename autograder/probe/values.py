"""Values as records: tensors, numbers, strings, tuples and lists, taken at once and sized."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .plain import article, is_short, text, type_name, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERS = 100_000
DEPTH = 8
DIMENSIONS = 32


def value_record(value: Any) -> dict[str, Any]:
    """The record of any value; what is none of the known kinds is named by its type.

    Raises:
        ValueError: it holds too many items or numbers, or is nested too deep.
    """
    return _record(value, 0, iter(range(NUMBERS)))


def is_tensor(value: Any) -> bool:
    """Whether a value can be read as a tensor is: by `tolist()`, `shape` and `dtype`."""
    return all(hasattr(value, name) for name in ("tolist", "shape", "dtype"))


def tensor_record(tensor: Any) -> dict[str, Any]:
    """A tensor's shape, dtype and numbers.

    Raises:
        TypeError: its shape or its numbers are not what a tensor has.
        ValueError: it holds too many numbers.
    """
    shape = tuple(tensor.shape)
    if len(shape) > DIMENSIONS:
        raise ValueError(f"a tensor of {len(shape)} dimensions, more than the {DIMENSIONS} that a transcript holds")
    sizes = [whole(size, "a size in a tensor's shape") for size in shape]
    if math.prod(sizes) > NUMBERS:
        raise ValueError(f"a tensor of {math.prod(sizes)} numbers, more than the {NUMBERS} that a transcript holds")
    dtype = text(str(tensor.dtype), 200).rpartition(".")[2]
    return {"kind": "tensor", "shape": sizes, "dtype": dtype, "data": _flat(tensor.tolist())}


def number(value: float) -> float | str:
    """A float as JSON can hold it: NaN and the infinities are tagged strings."""
    exact = float.__pos__(value)
    return exact if math.isfinite(exact) else str(exact)


def _plain(value: Any) -> dict[str, Any] | None:
    kind = type(value)
    if value is None:
        return {"kind": "plain", "type": "NoneType", "data": None}
    if kind is bool:
        return {"kind": "plain", "type": "bool", "data": value}
    if issubclass(kind, int) and is_short(value):
        return {"kind": "plain", "type": "int", "data": int.__index__(value)}
    if issubclass(kind, float):
        return {"kind": "plain", "type": "float", "data": number(value)}
    if issubclass(kind, str):
        return {"kind": "plain", "type": "str", "data": text(value)}
    return None


def _record(value: Any, depth: int, room: Iterator[int]) -> dict[str, Any]:
    """The record of a value so deep inside another; `room` has one number for each item that may still come."""
    plain = _plain(value)
    if plain is not None:
        return plain
    if is_tensor(value):
        return tensor_record(value)
    for kind in (tuple, list):
        if issubclass(type(value), kind):
            return {"kind": "sequence", "type": kind.__name__, "items": _items(value, kind, depth, room)}
    return {"kind": "other", "type": type_name(value)}


def _items(value: Any, kind: Any, depth: int, room: Iterator[int]) -> list[dict[str, Any]]:
    if depth == DEPTH:
        raise ValueError(f"a {kind.__name__} nested more than {DEPTH} deep")
    items = []
    for item in kind.__iter__(value):  # not the value's own, which student code may have written
        if next(room, None) is None:
            raise ValueError(f"more than the {NUMBERS} items that a transcript holds")
        items.append(_record(item, depth + 1, room))
    return items


def _flat(nested: Any) -> list[Any]:
    """The numbers of nested lists in order, by a loop that ends even on a list that holds itself."""
    numbers: list[Any] = []
    waiting = [nested]
    for _ in range(4 * NUMBERS):
        if not waiting:
            return numbers
        item = waiting.pop()
        if issubclass(type(item), (list, tuple)):
            waiting.extend(reversed(item[:NUMBERS]))
        else:
            numbers.append(_number(item))
    raise ValueError(f"tolist() gave more than the {NUMBERS} numbers that a transcript holds")


def _number(item: Any) -> Any:
    if type(item) is bool:
        return item
    if issubclass(type(item), int) and is_short(item):
        return int.__index__(item)
    if issubclass(type(item), float):
        return number(item)
    raise TypeError(f"tolist() gave {article(item)}, expected numbers")
