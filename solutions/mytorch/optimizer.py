"""What an optimizer is given: parameters and settings.

Source: torch/optim/optimizer.py, version 2.13.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any

from .tensor import Tensor

_TWICE = (
    "optimizer contains a parameter group with duplicate parameters; in future, this will cause an error; see "
    "github.com/pytorch/pytorch/issues/40967 for more information"
)


def checked_parameters(params: Iterable[Any]) -> list[Any]:
    """`params` as a list, after a warning if one of them stands there twice.

    Raises: TypeError for anything but a list of tensors; ValueError for none at all, or one that is no leaf;
    NotImplementedError for groups.
    Source: `Optimizer.add_param_group`, torch/optim/optimizer.py.
    """
    if isinstance(params, Tensor):
        raise TypeError(
            "params argument given to the optimizer should be an iterable of Tensors or dicts, but got "
            f"{params.dtype.tensor_type}"
        )
    parameters = list(params)
    if not parameters:
        raise ValueError("optimizer got an empty parameter list")
    for parameter in parameters:
        if isinstance(parameter, dict):
            raise NotImplementedError("parameter groups are not supported here: make one SGD for each group")
        if not isinstance(parameter, Tensor):
            kind = type(parameter).__name__
            raise TypeError(f"optimizer can only optimize Tensors, but one of the params is {kind}")
    if not all(parameter.is_leaf for parameter in parameters):
        raise ValueError("can't optimize a non-leaf Tensor")
    if len({id(parameter) for parameter in parameters}) < len(parameters):
        warnings.warn(_TWICE, UserWarning, stacklevel=3)
    return parameters


def empty_gradient(gradient: Any) -> None:
    """Fill `gradient`, a tensor, with zeros in place; whatever graph it came from, it is a leaf from now on.

    Raises: RuntimeError for a view in a graph, which can't leave it.
    Source: `Optimizer.zero_grad`, torch/optim/optimizer.py.
    """
    if gradient.is_leaf:
        gradient.requires_grad_(False)
    else:
        gradient.detach_()
    gradient.zero_()


def refuse_settings(**settings: Any) -> dict[str, Any]:
    """Settings of PyTorch's, all of them off.

    Raises: NotImplementedError with those to use instead.
    Source: torch/optim/sgd.py (their names).
    """
    for name, value in settings.items():
        if value:
            raise NotImplementedError(f"SGD({name}=) is not supported here: use lr, momentum and weight_decay")
    return settings


def optimizer_text(optimizer: Any, settings: dict[str, Any]) -> str:
    """How an optimizer prints: its class, and its settings by name. Source: `Optimizer.__repr__`, optimizer.py."""
    lines = [f"    {name}: {settings[name]}" for name in sorted(settings)]
    return "\n".join([f"{type(optimizer).__name__} (", "Parameter Group 0", *lines, ")"])
