"""Arguments: their names, numpy's among them, and what they may be, checked before anything is computed.

Source: torch/csrc/utils/python_arg_parser.cpp, version 2.13.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from types import NoneType
from typing import Any, NamedTuple, TypeVar

import numpy as np

from .dtypes import dtype, type_name
from .tensor import Tensor

Result = TypeVar("Result")

SHOWN = {"x": "input", "src": "other"}
SECOND = {"other", "exponent"}  # operands, which may be numbers
ALIASES = {"input": "x", "axis": "dim", "keepdims": "keepdim", "split_size": "split_size_or_sections"}

ADVICE = {
    "dtype": "use x.to(dtype) first",
    "out": "use what is returned",
    "copy": "use x.clone()",
    "rounding_mode": "use x // y",
    "generator": "use torch.manual_seed",
    **dict.fromkeys(("device", "layout", "memory_format", "non_blocking"), "leave it out, since all memory is alike"),
}


LEFT_OUT: Any = object()  # the default of an argument that may be left out, but not be None


class Kind(NamedTuple):
    """What an argument may be: PyTorch's name of that, and the types.

    Source: `ParameterType`, torch/csrc/utils/python_arg_parser.h.
    """

    name: str
    types: tuple[type, ...]

    def fits(self, given: type) -> bool:
        """Whether a value of this type will do; True and False are whole numbers for Python alone."""
        return issubclass(given, self.types) and (given is not bool or bool in self.types)


WHOLE = (int, np.integer, Tensor)
NUMBER = (int, float, bool, np.generic, Tensor)
OPERAND = Kind("Tensor", NUMBER)

# By the annotations in our signatures, which stand for those in native_functions.yaml.
KINDS = {
    "Tensor": Kind("Tensor", (Tensor,)),
    "Tensor | float": OPERAND,
    "int": Kind("int", WHOLE),
    "int | None": Kind("int", (*WHOLE, NoneType)),
    "int | Tensor": Kind("int", WHOLE),
    "int | Sizes": Kind("int", (*WHOLE, tuple, list)),
    "Sequence[int]": Kind("tuple of ints", (tuple, list)),
    "bool": Kind("bool", (bool,)),
    "float": Kind("Number", NUMBER),
    "float | None": Kind("Number", (*NUMBER, NoneType)),
    "DType | None": Kind("torch.dtype", (dtype, type, NoneType)),
}


class Signature:
    """The arguments of a function: their names, how many there may be, and of which kinds.

    A method's tensor is neither counted nor named.

    Source: `FunctionSignature`, torch/csrc/utils/python_arg_parser.h.
    """

    def __init__(self, function: Callable[..., Any], name: str, is_method: bool) -> None:
        parameters = list(inspect.signature(function).parameters.values())
        self.name = name
        self.skipped = 1 if is_method else 0
        self.sizes = next((each.name for each in parameters if each.kind is each.VAR_POSITIONAL), None)
        self.positional = [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
        self.required = [each.name for each in parameters if each.default is each.empty][self.skipped :]
        self.left_out = [each.name for each in parameters if each.default is LEFT_OUT]
        self.names = [each.name for each in parameters[self.skipped :] if each.name != self.sizes]
        annotated = {each.name: KINDS[each.annotation] for each in parameters if each.annotation in KINDS}
        operands = {each.name: OPERAND for each in parameters if each.name in SECOND and each.annotation == "Any"}
        self.kinds = {"x": OPERAND if operands else KINDS["Tensor"]} | operands | annotated
        if "self" in self.positional:
            self.kinds = {}  # a method that is written in Python, in PyTorch too, looks at nothing

    def renamed(self, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The arguments under our names.

        Raises: TypeError for a name that the function doesn't take, with what to use instead.
        Source: `numpy_compatibility_arg_names`, torch/csrc/utils/python_arg_parser.cpp.
        """
        ours = {}
        for given, value in named.items():
            wanted = given if given in self.names else ALIASES.get(given, given)
            if wanted in self.names:
                ours[wanted] = value
            elif given == self.sizes:
                args = (*args, value)
            else:
                taken = ", ".join(SHOWN.get(each, each) for each in self.names)
                instead = ADVICE.get(given, f"use {taken}" if taken else "leave it out")
                raise TypeError(f"{self.name}({given}=) is not supported here: {instead}")
        return args, ours

    def check(self, args: tuple[Any, ...], named: dict[str, Any]) -> None:
        """Refuse what the function can't be called with.

        Raises: TypeError for too many arguments, for missing ones, and for ones of another kind.
        Source: `FunctionSignature::parse`, torch/csrc/utils/python_arg_parser.cpp.
        """
        self._check_number(args, named)
        for place, (argument, value) in enumerate(zip(self.positional, args, strict=False)):
            if place >= self.skipped:
                self._check_kind(argument, value, f" (position {place + 1 - self.skipped})")
        for argument, value in named.items():
            self._check_kind(argument, value, "")

    def _check_number(self, args: tuple[Any, ...], named: dict[str, Any]) -> None:
        given, most = len(args) - self.skipped, len(self.positional) - self.skipped
        if self.sizes is None and given > most:
            raise TypeError(
                f"{self.name}() takes {most} positional argument{'' if most == 1 else 's'} but {given} "
                f"{'was' if given == 1 else 'were'} given"
            )
        required = [*self.required, *self.left_out] if "keepdim" in named else self.required
        missing = [each for each in required[given:] if each not in named]
        if missing:
            listed = ", ".join(f'"{SHOWN.get(each, each)}"' for each in missing)
            plural = "s" if len(missing) == 1 else ""  # PyTorch has it the other way round
            raise TypeError(f"{self.name}() missing {len(missing)} required positional argument{plural}: {listed}")

    def _check_kind(self, argument: str, value: Any, place: str) -> None:
        kind = self.kinds.get(argument)
        if kind is not None and not kind.fits(type(value)):
            raise TypeError(
                f"{self.name}(): argument '{SHOWN.get(argument, argument)}'{place} must be {kind.name}, not "
                f"{type_name(value)}"
            )


def parse_arguments(
    function: Callable[..., Result], name: str | None = None, is_method: bool = False
) -> Callable[..., Result]:
    """`function`, called by PyTorch's names of its arguments, those of numpy among them, after a look at them all.

    Raises: TypeError for arguments that don't fit.
    Source: `PythonArgParser`, torch/csrc/utils/python_arg_parser.cpp.
    """
    signature = Signature(function, name or function.__name__, is_method)
    passed: set[tuple[type, ...]] = set()

    @functools.wraps(function)
    def called(*args: Any, **named: Any) -> Result:
        if named:
            args, named = signature.renamed(args, named)
            signature.check(args, named)
        # Arguments of the types that have passed once will pass again.
        elif (types := tuple(map(type, args))) not in passed:
            signature.check(args, named)
            passed.add(types)
        return function(*args, **named)

    return called
