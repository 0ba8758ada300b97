"""Text, whole numbers and type names of objects that student code made, as plain values that JSON can carry."""

from __future__ import annotations

import builtins
import operator
import re
from typing import Any

TEXT_CHARACTERS = 4_000
INTEGER_BITS = 1_024  # longer ones are no answer to any question, and slow to write in decimal

ADDRESS = re.compile(r"0x[0-9a-f]{6,}")  # in memory: another one in each run


def text(value: str, characters: int = TEXT_CHARACTERS) -> str:
    """The string itself, of type `str` exactly, cut to a length, without lone surrogates."""
    exact = str.__getitem__(value, slice(0, characters))
    return exact.encode("utf-8", "replace").decode("utf-8")


def is_short(value: int) -> bool:
    """Whether a whole number is one that a transcript holds."""
    return int.bit_length(value) <= INTEGER_BITS


def has(value: Any, name: str) -> bool:
    """Whether an object has an attribute; one that its class defines is there, even if reading it raises."""
    return hasattr(type(value), name) or hasattr(value, name)


def whole(value: Any, what: str) -> int:
    """A whole number of type `int` exactly.

    Raises:
        TypeError: it is no whole number.
        ValueError: it has more bits than a transcript holds.
    """
    try:
        number = int.__index__(operator.index(value))
    except TypeError:
        raise TypeError(f"{what} is {article(value)}, expected a whole number") from None
    if not is_short(number):
        raise ValueError(f"{what} is a whole number of more than {INTEGER_BITS} bits")
    return number


def type_name(value: Any) -> str:
    """The name of an object's type, read past what its metaclass may say."""
    return text(type.__dict__["__name__"].__get__(type(value)), 200)


def article(value: Any) -> str:
    """A type's name as it stands in a sentence: "an int", "a list", "None"."""
    if value is None:
        return "None"
    name = type_name(value)
    return f"{'an' if name[:1] in 'aeiouAEIOU' else 'a'} {name}"


def builtin_name(error: BaseException) -> str:
    """The name of the nearest built-in class among an exception's bases, itself included."""
    for base in type.__dict__["__mro__"].__get__(type(error)):
        name = type.__dict__["__name__"].__get__(base)
        if vars(builtins).get(name) is base:
            return str(name)
    return "BaseException"


def message(error: BaseException) -> str:
    """An exception's text, without addresses in memory; empty where asking for it fails."""
    try:
        return ADDRESS.sub("0x...", text(str(error)))
    except BaseException:  # noqa: BLE001 - student code wrote `__str__`, whatever it raises says nothing
        return ""
