"""Operations among whose constants are tensors, such as indices and masks: without edges, but kept like inputs.

Source: tools/autograd/derivatives.yaml and torch/csrc/autograd/saved_variable.cpp, version 2.13.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..saved import SavedTensor, unpacked
from ..tensor import Tensor
from .operation import Operation


class Keeping(Operation):
    """An operation whose constants may be tensors, or tuples that hold some: `forward` gets their arrays.

    Formulas get them like saved inputs, after a check that they have not changed since.

    Source: `class SavedVariable`, torch/csrc/autograd/saved_variable.h, version 2.13.
    """

    @classmethod
    def run(cls, *inputs: Any, constants: tuple[Any, ...] = ()) -> Any:
        """The result of the operation, whose node keeps the tensors among `constants` as they are now.

        Raises: RuntimeError when the shapes of the inputs don't fit each other.
        """
        return super().run(*inputs, constants=kept(constants))

    @classmethod
    def compute(cls, arrays: list[Any], constants: tuple[Any, ...]) -> Any:
        """The forward result of arrays.

        Raises: RuntimeError when the shapes of the inputs don't fit each other.
        """
        plain = _each(constants, lambda each: each.tensor.array if isinstance(each, SavedTensor) else each)
        return super().compute(arrays, plain)

    def values(self, as_tensors: bool) -> tuple[Any, ...]:
        """What the formulas get beside the gradient.

        Raises: RuntimeError when it has been freed or modified since.
        """

        def unpack(constant: Any) -> Any:
            return unpacked(constant, self, as_tensors) if isinstance(constant, SavedTensor) else constant

        return (*self.unpack(as_tensors), *_each(self.constants, unpack))

    def shown(self, constant: Any) -> Any:
        """A constant as users read it: with tensors in the place of what was kept, None where a key has no index.

        Raises: RuntimeError when it has been freed or modified since.
        """
        if not _holds_tensors(constant):
            return constant
        self.unpack()  # tensors are freed
        if isinstance(constant, tuple):
            return tuple(self.shown(each) if _holds_tensors(each) else None for each in constant)
        return Tensor(constant) if isinstance(constant, np.ndarray) else unpacked(constant, self, as_tensor=True)

    def release_variables(self) -> None:
        """Forget the saved tensors, those among the constants, too."""
        self.saved = None


def kept(constant: Any) -> Any:
    """A constant as a node keeps it: a tensor with the version that it has now, anything else as it is.

    Source: `SavedVariable::SavedVariable`, torch/csrc/autograd/saved_variable.cpp.
    """
    return _each(constant, lambda each: SavedTensor(each) if isinstance(each, Tensor) else each)


def _each(constant: Any, changed: Callable[[Any], Any]) -> Any:
    """A constant, or all that a tuple of some holds, changed."""
    return tuple(_each(each, changed) for each in constant) if isinstance(constant, tuple) else changed(constant)


def _holds_tensors(constant: Any) -> bool:
    if isinstance(constant, tuple):
        return any(map(_holds_tensors, constant))
    return isinstance(constant, SavedTensor | np.ndarray)
