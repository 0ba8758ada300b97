"""`gradcheck`: gradients compared with finite differences.

Source: torch/autograd/gradcheck.py, version 2.13.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..backward import grad
from ..creation import randn
from ..tensor import Tensor

# PyTorch's other settings, as they may be given: they look for faults that can't occur here, or check otherwise.
OFF = {
    **dict.fromkeys(("check_undefined_grad", "check_backward_ad"), True),
    **dict.fromkeys(("check_grad_dtypes", "check_batched_grad", "check_batched_forward_grad"), False),
    **dict.fromkeys(("check_forward_ad", "fast_mode"), False),
    "nondet_tol": 0.0,
    "masked": None,
}


class GradcheckError(RuntimeError):
    """Analytic and numeric gradients differ. Source: torch/autograd/gradcheck.py."""


def gradcheck(
    func: Callable[..., Any],
    inputs: Any,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    **others: Any,
) -> bool:
    """True when the gradients of `func` agree with central differences of step `eps`, within `atol + rtol * |value|`.

    Raises: GradcheckError when they don't, unless `raise_exception` is off; ValueError when no input requires grad;
    AttributeError when `func` returns anything but tensors; NotImplementedError for PyTorch's other settings.
    Source: torch/autograd/gradcheck.py.
    """
    for name, value in others.items():
        if name not in OFF or value != OFF[name]:
            raise NotImplementedError(
                f"gradcheck({name}={value!r}) is not supported here: use eps, atol, rtol and raise_exception"
            )
    arguments = _as_tuple(inputs)
    wanted = [each for each in arguments if isinstance(each, Tensor) and each.requires_grad]
    if not wanted:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True."
        )
    for index, each in enumerate(arguments):
        if isinstance(each, Tensor) and each.requires_grad and each.array.dtype != np.float64:
            warnings.warn(
                f"Input #{index} requires gradient and is not a double precision floating point or complex. This check "
                "will likely fail if all the inputs are not of double precision floating point or complex. ",
                UserWarning,
                stacklevel=2,
            )
    try:
        _check(func, arguments, wanted, eps, atol, rtol)
    except GradcheckError:
        if raise_exception:
            raise
        return False
    return True


def _check(
    func: Callable[..., Any], arguments: Sequence[Any], wanted: Sequence[Tensor], eps: float, atol: float, rtol: float
) -> None:
    """Compare each result of `func` that has a gradient; where none has, all must be constant.

    Raises: GradcheckError where they differ.
    """
    outputs = _outputs(func, arguments)
    places = [place for place, output in enumerate(outputs) if output.requires_grad]
    constants = [place for place, output in enumerate(outputs) if output.dtype.is_floating_point]
    for number, place in enumerate(places or constants):
        output = outputs[place]
        for index, each in enumerate(wanted):
            analytic = _analytic(output, each)
            numeric = _numeric(partial(_output, func, arguments, place), each, eps, output)
            if not places and np.any(numeric):
                raise GradcheckError("Numerical gradient for function expected to be zero")
            if not np.allclose(analytic, numeric, rtol, atol):
                raise GradcheckError(
                    f"Jacobian mismatch for output {number} with respect to input {index},\n"
                    f"numerical:{Tensor(numeric)}\nanalytical:{Tensor(analytic)}\n"
                )


def gradgradcheck(func: Callable[..., Any], inputs: Any, grad_outputs: Any = None, **tolerances: Any) -> bool:
    """True when the gradients of the gradients of `func` agree with central differences too.

    The passes start from `grad_outputs`, one for each result that has a gradient, or from random numbers.

    Raises: GradcheckError when they don't, and the errors of `gradcheck`, as ValueError when no input requires grad.
    Source: torch/autograd/gradcheck.py.
    """
    arguments = _as_tuple(inputs)
    if grad_outputs is None:
        outputs = _differentiable(func, arguments)
        grad_outputs = [randn(each.shape, dtype=each.dtype, requires_grad=True) for each in outputs]

    def gradients(*values: Any) -> Any:
        given, seeds = values[: len(arguments)], values[len(arguments) :]
        wanted = [each for each in given if isinstance(each, Tensor) and each.requires_grad]
        return grad(_differentiable(func, given), wanted, seeds, create_graph=True, materialize_grads=True)

    return gradcheck(gradients, (*arguments, *_as_tuple(grad_outputs)), **tolerances)


def _outputs(func: Callable[..., Any], arguments: Sequence[Any]) -> list[Any]:
    return list(_as_tuple(func(*arguments)))


def _as_tuple(value: Any) -> tuple[Any, ...]:
    """One value, or several. Source: `_as_tuple`, torch/autograd/gradcheck.py."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _differentiable(func: Callable[..., Any], arguments: Sequence[Any]) -> list[Any]:
    """The results of `func` that have a gradient."""
    return [output for output in _outputs(func, arguments) if output.requires_grad]


def _output(func: Callable[..., Any], arguments: Sequence[Any], place: int) -> Tensor:
    """One of the results of `func`."""
    output: Tensor = _outputs(func, arguments)[place]
    return output


def _analytic(output: Tensor, wanted: Tensor) -> Any:
    """The Jacobian of shape (elements of the output, elements of the input), row by row, by `grad`."""
    rows = np.zeros((output.numel(), wanted.numel()), wanted.array.dtype)
    for row in range(output.numel()) if output.requires_grad else ():
        seed = np.zeros(output.numel(), output.array.dtype)
        seed[row] = 1
        (found,) = grad(output, wanted, Tensor(seed.reshape(output.array.shape)), retain_graph=True, allow_unused=True)
        if found is not None:
            rows[row] = np.ravel(found.array)
    return rows


def _numeric(output: Callable[[], Tensor], wanted: Tensor, eps: float, like: Tensor) -> Any:
    """The same Jacobian, column by column, by central differences."""
    columns = np.zeros((like.numel(), wanted.numel()), like.array.dtype)
    values = wanted.memory()
    for place in np.ndindex(values.shape):
        kept = values[place].copy()
        column = int(np.ravel_multi_index(place, values.shape)) if place else 0
        try:
            values[place] = kept + eps
            above = np.ravel(output().array.copy())
            values[place] = kept - eps
            below = np.ravel(output().array.copy())
        finally:
            values[place] = kept
        columns[:, column] = (above - below) / (2 * eps)
    return columns
