"""`Module` and `Parameter`: networks as objects that know their parameters.

Source: torch/nn/modules/module.py and torch/nn/parameter.py, version 2.13.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..dtypes import type_name
from ..optimizer import empty_gradient
from ..tensor import Tensor
from ..unsupported import missing


class Parameter(Tensor):
    """A leaf that a module lists among its parameters; it shares the memory and shape of `data`.

    Raises: RuntimeError for whole numbers, unless they require no gradient.
    Source: torch/nn/parameter.py.
    """

    __slots__ = ()

    def __init__(self, data: Tensor, requires_grad: bool = True) -> None:
        super().__init__(data.detach().array)
        if requires_grad and not data.dtype.is_floating_point:
            raise RuntimeError("Only Tensors of floating point and complex dtype can require gradients")
        self._requires_grad = requires_grad

    def __deepcopy__(self, memo: dict[int, Any]) -> Parameter:
        """A parameter with the same numbers and flag, and memory of its own."""
        return Parameter(self.detach_copy(), self._requires_grad)

    def __repr__(self) -> str:
        return f"Parameter containing:\n{super().__repr__()}"

    def __format__(self, spec: str) -> str:
        return object.__format__(self, spec)


class Module:
    """A part of a network; attributes that are parameters or modules are found by `parameters()`.

    Source: torch/nn/modules/module.py.
    """

    _is_ready = False  # until `__init__` has run

    def __init__(self) -> None:
        vars(self)["_is_ready"] = True

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep `value` as the attribute `name`.

        Raises: AttributeError for a parameter or module before `Module.__init__` has run; TypeError for anything else
        but None in the place of one.
        """
        for kind, several, one, wanted in REGISTERED:
            if isinstance(value, kind) and not self._is_ready:
                raise AttributeError(f"cannot assign {several} before Module.__init__() call")
            if isinstance(vars(self).get(name), kind) and not isinstance(value, Parameter | Module | None):
                found = value.dtype.tensor_type if isinstance(value, Tensor) else type_name(value)
                raise TypeError(f"cannot assign '{found}' as {one} '{name}' ({wanted} or None expected)")
        super().__setattr__(name, value)

    def forward(self, *inputs: Any) -> Any:
        """The result for the inputs.

        Raises: NotImplementedError unless a subclass defines it.
        """
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def __call__(self, *inputs: Any, **named: Any) -> Any:
        """The result of `forward` for the inputs."""
        return self.forward(*inputs, **named)

    def __getattr__(self, name: str) -> Any:
        """Nothing: this is only asked for names that the module doesn't have."""
        raise missing(f"'{type(self).__name__}' object", name)

    @property
    def _modules(self) -> dict[str, Module]:
        """The modules among the attributes, by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Module)}

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """The modules among the attributes, each once, with their names."""
        seen: set[int] = set()
        for name, module in self._modules.items():
            if id(module) not in seen:
                seen.add(id(module))
                yield name, module

    def children(self) -> Iterator[Module]:
        """The modules among the attributes, each once."""
        return (module for _, module in self.named_children())

    def named_parameters(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Parameter]]:
        """All parameters with their dotted names, own ones first; without `recurse` own ones alone.

        Each comes once, or without `remove_duplicate` under each of its names.
        """
        seen: set[int] = set()
        for name, parameter in self._all_parameters(f"{prefix}." if prefix else "", recurse):
            if not remove_duplicate or id(parameter) not in seen:
                seen.add(id(parameter))
                yield name, parameter

    def _all_parameters(self, prefix: str, recurse: bool) -> Iterator[tuple[str, Parameter]]:
        for name, value in vars(self).items():
            if isinstance(value, Parameter):
                yield prefix + name, value
        for name, module in self._modules.items() if recurse else ():
            yield from module._all_parameters(f"{prefix}{name}.", recurse)

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """All parameters, each once; without `recurse` those of the module itself."""
        return (parameter for _, parameter in self.named_parameters(recurse=recurse))

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients of all parameters: set them to None, or to zeros in place."""
        for parameter in self.parameters():
            if set_to_none:
                parameter.grad = None
            elif parameter.grad is not None:
                empty_gradient(parameter.grad)

    def extra_repr(self) -> str:
        """What `repr` tells of the module besides its children."""
        return ""

    def __repr__(self) -> str:
        lines = [f"  ({name}): {module!r}".replace("\n", "\n  ") for name, module in self._modules.items()]
        inside = "\n".join(["", *lines, ""]) if lines else self.extra_repr()
        return f"{type(self).__name__}({inside})"


# What `__setattr__` keeps watch over: its type, and PyTorch's words for it.
REGISTERED = (
    (Parameter, "parameters", "parameter", "torch.nn.Parameter"),
    (Module, "module", "child module", "torch.nn.Module"),
)
