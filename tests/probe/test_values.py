"""Values become plain, sized records, whatever they are."""

from __future__ import annotations

import json
import math
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.model.transcript import Value
from autograder.probe.plain import builtin_name, message, text, whole
from autograder.probe.values import DEPTH, NUMBERS, tensor_record, value_record


def fake_tensor(numbers: Any, shape: Any = (2,), dtype: Any = "torch.float32") -> Any:
    """What a tensor is read by."""
    return SimpleNamespace(tolist=lambda: numbers, shape=shape, dtype=dtype)


def test_a_tensor_has_shape_dtype_and_numbers_in_row_major_order() -> None:
    """The dtype is the name after the last dot."""
    record = value_record(fake_tensor([[1.0, 2.0], [3.0, 4.0]], (2, 2)))
    assert record == {"kind": "tensor", "shape": [2, 2], "dtype": "float32", "data": [1.0, 2.0, 3.0, 4.0]}


def test_a_numpy_array_is_read_as_a_tensor() -> None:
    """An array has the three members that a tensor is read by."""
    assert value_record(np.array([True, False])) == {
        "kind": "tensor",
        "shape": [2],
        "dtype": "bool",
        "data": [True, False],
    }


def test_nan_and_infinities_are_tagged_strings() -> None:
    """JSON has none of them, and null means "no gradient"."""
    assert tensor_record(fake_tensor([math.nan, math.inf, -math.inf], (3,)))["data"] == ["nan", "inf", "-inf"]
    assert value_record(math.nan) == {"kind": "plain", "type": "float", "data": "nan"}


@pytest.mark.parametrize(
    ("value", "kind", "data"),
    [(None, "NoneType", None), (True, "bool", True), (2, "int", 2), (0.5, "float", 0.5), ("a", "str", "a")],
)
def test_plain_values_keep_their_type(value: Any, kind: str, data: Any) -> None:
    """A truth value is not a number, and an int is not a float."""
    assert value_record(value) == {"kind": "plain", "type": kind, "data": data}


def test_sequences_are_read_in_order() -> None:
    """A tuple stays apart from a list, a tensor may stand in either."""
    record = value_record((1, [fake_tensor([1.0], (1,))]))
    assert record["type"] == "tuple"
    assert record["items"][1]["type"] == "list"
    assert record["items"][1]["items"][0]["kind"] == "tensor"


def test_anything_else_is_named_by_its_type() -> None:
    """The metaclass has no say in the name."""

    class Meta(type):
        __name__ = property(lambda cls: "float")  # type: ignore[assignment]

    class Strange(metaclass=Meta):
        pass

    assert value_record(Strange()) == {"kind": "other", "type": "Strange"}


def test_subclasses_of_numbers_and_strings_are_read_past_their_own_methods() -> None:
    """Nothing that a student's class overrides reaches the transcript."""

    class Float(float):
        def __float__(self) -> float:
            return 7.0

        def __repr__(self) -> str:
            return "NaN"

    class Items(list[int]):
        def __iter__(self) -> Any:
            return iter([7, 7])

    assert json.dumps(value_record(Float(0.5))["data"]) == "0.5"
    assert [item["data"] for item in value_record(Items([1]))["items"]] == [1]


@pytest.mark.parametrize(
    "value",
    [2**64 - 1, -(2**900), 2**2000, "\ud800", "x" * 10**6, 1e308, -0.0, [[], ()], object(), {"a": 1}, b"x", 1j, [True]],
)
def test_every_record_is_decoded_strictly_outside(value: Any) -> None:
    """What the probe writes is what the model reads."""
    msgspec.json.decode(json.dumps(value_record(value)), type=Value)


def test_values_too_large_are_refused() -> None:
    """A transcript is sized: shape, depth, items and numbers each have a limit."""
    endless: list[Any] = []
    endless.append(endless)
    deep: Any = 0
    for _ in range(DEPTH + 1):
        deep = [deep]
    with pytest.raises(ValueError, match="a tensor of 1000000000 numbers, more than the 100000"):
        tensor_record(fake_tensor([], (10**9,)))
    with pytest.raises(ValueError, match="a tensor of 40 dimensions, more than the 32"):
        tensor_record(fake_tensor([], (1,) * 40))
    with pytest.raises(ValueError, match="a list nested more than 8 deep"):
        value_record(deep)
    with pytest.raises(ValueError, match="more than the 100000 items that a transcript holds"):
        value_record([0] * (NUMBERS + 1))
    with pytest.raises(ValueError, match=r"tolist\(\) gave more than the 100000 numbers"):
        tensor_record(fake_tensor(endless))


def test_a_tensor_that_is_none_is_refused() -> None:
    """Its shape holds whole numbers, and so on."""
    with pytest.raises(TypeError, match=r"tolist\(\) gave a str, expected numbers"):
        tensor_record(fake_tensor(["a"]))
    with pytest.raises(TypeError, match="a size in a tensor's shape is None, expected a whole number"):
        tensor_record(fake_tensor([], (None,)))
    with pytest.raises(ValueError, match="input_nr is a whole number of more than 1024 bits"):
        whole(2**2000, "input_nr")


def test_texts_of_exceptions_are_read_with_care() -> None:
    """An exception whose text can't be had has none; a long one is cut; its class is the nearest built-in one."""

    class MuteError(ZeroDivisionError):
        def __str__(self) -> str:
            raise RuntimeError

    assert message(MuteError()) == ""
    assert builtin_name(MuteError()) == "ZeroDivisionError"
    assert builtin_name(NotImplementedError()) == "NotImplementedError"
    assert text("abc\ud800", 4) == "abc?"
    assert len(message(ValueError("x" * 10**6))) == 4_000


def test_an_exceptions_text_is_the_same_in_each_run():
    """The addresses that default representations hold are left out; short numbers stay."""
    assert message(ValueError(f"{object()} is not in 0xff")) == "<object object at 0x...> is not in 0xff"
