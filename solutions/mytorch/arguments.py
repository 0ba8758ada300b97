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
from .size import is_whole
from .tensor import Tensor

Result = TypeVar("Result")

SHOWN = {"x": "input"}
SECOND = {"other", "exponent"}  # operands, which may be numbers
ALIASES = {"input": "x", "tensor": "x", "axis": "dim", "keepdims": "keepdim", "split_size": "split_size_or_sections"}

ADVICE = {
    "dtype": "use x.to(dtype) first",
    "out": "use what is returned",
    "rounding_mode": "use x // y",
    "generator": "use torch.manual_seed",
    **dict.fromkeys(("device", "layout", "memory_format"), "leave it out, since all memory is alike"),
}


LEFT_OUT: Any = object()  # the default of an argument that may be left out, but not be None


class Kind(NamedTuple):
    """What an argument may be: PyTorch's name of that, and the types.

    Source: `ParameterType`, torch/csrc/utils/python_arg_parser.h.
    """

    name: str
    types: tuple[type, ...]

    def fits(self, value: Any) -> bool:
        """Whether `value` will do.

        True and False are whole numbers for Python alone. A tensor is a number if it has no dimensions, and nobody
        wants a gradient of it.
        """
        if self.name == "Number" and isinstance(value, Tensor):
            return not value.ndim and not value.requires_grad
        return isinstance(value, self.types) and (not isinstance(value, bool) or bool in self.types)

    def taken(self, value: Any) -> Any:
        """`value` as a function takes it: for a number one of Python's, whether it was numpy's or in a tensor."""
        if self.name == "Number" and isinstance(value, Tensor):
            return value.item()
        return python_number(value) if np.generic in self.types else value


def python_number(value: Any) -> Any:
    """A number of numpy's as one of Python's, even a truth value as a fraction; anything else as it is.

    Source: `PythonArgs::scalar_slow`, torch/csrc/utils/python_arg_parser.cpp.
    """
    if not isinstance(value, np.generic):
        return value
    return int(value) if isinstance(value, np.integer) else float(value)


WHOLE = (int, np.integer, Tensor)
NUMBER = (int, float, bool, np.generic, Tensor)
OPERAND = Kind("Tensor", NUMBER)

# By the annotations in our signatures, which stand for those in native_functions.yaml.
UNCHECKED = {"Any", "Sequence[Any]", "str"}  # what the functions look at themselves
KINDS = {
    "Tensor": Kind("Tensor", (Tensor,)),
    "Tensor | float": OPERAND,
    "int": Kind("int", WHOLE),
    "int | None": Kind("int", (*WHOLE, NoneType)),
    "int | Tensor": Kind("int", WHOLE),
    "int | Sizes": Kind("int", (*WHOLE, tuple, list)),
    "Sequence[int]": Kind("tuple of ints", (tuple, list)),
    "bool": Kind("bool", (bool,)),
    "bool | None": Kind("bool", (bool, NoneType)),
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
        self.positional = [each.name for each in parameters if each.kind < each.KEYWORD_ONLY]
        self.required = [each.name for each in parameters if each.default is each.empty][self.skipped :]
        self.left_out = [each.name for each in parameters if each.default is LEFT_OUT]
        self.names = [each.name for each in parameters[self.skipped :] if each.name != self.sizes]
        annotated = {each.name: KINDS[each.annotation] for each in parameters if each.annotation not in UNCHECKED}
        operands = {each.name: OPERAND for each in parameters if each.name in SECOND and each.annotation == "Any"}
        self.kinds = {"x": OPERAND if operands else KINDS["Tensor"]} | operands | annotated
        # Sizes may be given one by one where nothing stands before them.
        only = self.positional[self.skipped :]
        self.are_sizes_spread = only == [self.sizes]
        self.is_list_spread = is_method and [self.kinds.get(each) for each in only] == [KINDS["int | Sizes"]]
        if self.sizes is not None and not self.are_sizes_spread:
            self.kinds[self.sizes] = KINDS["Sequence[int]"]

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
                args = (*args, ours.pop("x"), value) if "x" in ours else (*args, value)
            else:
                taken = ", ".join(SHOWN.get(each, each) for each in self.names)
                instead = ADVICE.get(given, f"use {taken}" if taken else "leave it out")
                raise TypeError(f"{self.name}({given}=) is not supported here: {instead}")
        return args, ours

    def parse(self, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The arguments as the function takes them.

        Raises: TypeError for too many arguments, for missing ones, and for ones of another kind.
        Source: `FunctionSignature::parse`, torch/csrc/utils/python_arg_parser.cpp.
        """
        if self.is_list_spread and len(args) > len(self.positional):
            args = (args[0], args[1:])
        self._check_number(args, named)
        taken = list(args)
        for place, argument in enumerate(self.positional[: len(args)]):
            if place >= self.skipped:
                taken[place] = self._parse_one(argument, args[place], f" (position {place + 1 - self.skipped})")
        return tuple(taken), {argument: self._parse_one(argument, value, "") for argument, value in named.items()}

    def _check_number(self, args: tuple[Any, ...], named: dict[str, Any]) -> None:
        given = len(args) - self.skipped
        if len(args) > len(self.positional) and not (self.are_sizes_spread and is_whole(args[self.skipped])):
            raise TypeError(self._surplus(args, given))
        required = [*self.required, *self.left_out] if "keepdim" in named else self.required
        missing = [each for each in required[given:] if each not in named]
        if missing:
            listed = ", ".join(f'"{SHOWN.get(each, each)}"' for each in missing)
            plural = "s" if len(missing) == 1 else ""  # PyTorch has it the other way round
            raise TypeError(f"{self.name}() missing {len(missing)} required positional argument{plural}: {listed}")

    def _surplus(self, args: tuple[Any, ...], given: int) -> str:
        """What is said about too many arguments."""
        *_, before_last, _ = args
        if "alpha" in self.names and len(args) == len(self.positional) + 1 and isinstance(before_last, int | float):
            instead = f"{self.name}({'' if self.skipped else 'input, '}other, alpha=alpha)"
            return f"{self.name}() with alpha before other is not supported here: use {instead}"
        least, most = len(self.required), len(self.positional) - self.skipped
        number = f"{most} positional argument{'' if most == 1 else 's'}"
        taken = number if least == most else f"from {least} to {most} positional arguments"
        return f"{self.name}() takes {taken} but {given} {'was' if given == 1 else 'were'} given"

    def _parse_one(self, argument: str, value: Any, place: str) -> Any:
        kind = self.kinds.get(argument)
        if kind is None:
            return value
        if not kind.fits(value):
            raise TypeError(
                f"{self.name}(): argument '{SHOWN.get(argument, argument)}'{place} must be {kind.name}, not "
                f"{type_name(value)}"
            )
        return kind.taken(value)


signature_of = functools.cache(Signature)  # looked at when it is called first: an import would look at hundreds


def parse_arguments(
    function: Callable[..., Result], name: str | None = None, is_method: bool = False
) -> Callable[..., Result]:
    """`function`, called by PyTorch's names of its arguments, those of numpy among them, after a look at them all.

    Raises: TypeError for arguments that don't fit.
    Source: `PythonArgParser`, torch/csrc/utils/python_arg_parser.cpp.
    """
    signature = functools.partial(signature_of, function, name or function.__name__, is_method)
    passed: set[tuple[type, ...]] = set()

    @functools.wraps(function)
    def called(*args: Any, **named: Any) -> Result:
        if named:
            args, named = signature().parse(*signature().renamed(args, named))
        # Arguments of the types that have passed once as they are will pass again.
        elif (types := tuple(map(type, args))) not in passed:
            taken, _ = signature().parse(args, named)
            if all(one is other for one, other in zip(taken, args, strict=False)):
                passed.add(types)
            args = taken
        return function(*args, **named)

    return called
