"""Random programs on PyTorch and on the reference: the same graph, values, gradients and second gradients.

Tolerance: 1e-9 of the largest number in the compared tensor, since sums may cancel; float64 throughout.
"""

from types import ModuleType
from typing import Any

import mytorch
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, note, settings

from autograder.probe.graph import graph_record
from tests.parity.random_programs import Program, programs, run

TOLERANCE = 1e-9
QUIET = settings(
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def observed(program: Program, torch: ModuleType) -> list[Any]:
    """Result, graph, gradients and second gradients of a program; an error ends the list with its words."""
    found: list[Any] = []
    try:
        names = run(program, torch)
        leaves = {name: names[name] for name in program.leaves}
        out = names[program.result]
        found += [out.detach().numpy().copy(), graph_record([out], leaves)]
        if not out.requires_grad:
            return found
        loss = out.sum()
        gradients = torch.autograd.grad(loss, list(leaves.values()), create_graph=True, allow_unused=True)
        found += [_array(gradient) for gradient in gradients]
        dependent = [(gradient * gradient).sum() for gradient in gradients if _has_graph(gradient)]
        if dependent:
            second = torch.autograd.grad(sum(dependent), list(leaves.values()), allow_unused=True)
            found += [_array(gradient) for gradient in second]
        loss.backward()
        found += [_array(leaf.grad) for leaf in leaves.values()]
    except (RuntimeError, UserWarning) as error:
        # PyTorch only warns where the reference refuses: of changing what is expanded by indices.
        found.append(f"{type(error).__name__}: {error}")
    return found


def _has_graph(gradient: Any) -> bool:
    return gradient is not None and gradient.requires_grad


def _array(tensor: Any) -> Any:
    """The numbers of a gradient; PyTorch keeps some zeros as a promise without memory."""
    if tensor is None:
        return None
    if hasattr(tensor, "_is_zerotensor") and tensor._is_zerotensor():
        return np.zeros(tuple(tensor.shape))
    return tensor.detach().numpy().copy()


def agree(a: Any, b: Any) -> bool:
    """Whether two observations are equal, numbers within the tolerance."""
    if not isinstance(a, np.ndarray) or not isinstance(b, np.ndarray):
        return type(a) is type(b) and a == b
    if a.shape != b.shape:
        return False
    finite = np.abs(b[np.isfinite(b)])
    scale = max(1.0, float(finite.max(initial=0.0)))
    return bool(np.allclose(a, b, rtol=TOLERANCE, atol=TOLERANCE * scale, equal_nan=True))


def check(program: Program, torch: ModuleType) -> None:
    """Fail with a script to run where the two differ."""
    ours, theirs = observed(program, mytorch), observed(program, torch)
    # Neither writes where several elements are one, nor PyTorch where it reads by another name; they differ in how far.
    assume(not any(isinstance(each[-1], str) and "unsupported operation" in each[-1] for each in (ours, theirs)))
    if len(ours) != len(theirs) or not all(agree(a, b) for a, b in zip(ours, theirs, strict=True)):
        note(f"\n{program.text('mytorch')}\n# leaves: {', '.join(program.leaves)}")
        different = next(
            (pair for pair in zip(ours, theirs, strict=False) if not agree(*pair)), (ours[-1:], theirs[-1:])
        )
        raise AssertionError(f"reference: {different[0]}\nPyTorch:   {different[1]}\n\n{program.text('mytorch')}")


@pytest.mark.torch
@settings(QUIET, max_examples=2_000)
@given(program=programs())
def test_thousands_of_short_programs(program):
    """Short programs, in which a failure is easily read."""
    check(program, pytest.importorskip("torch", reason="PyTorch is not installed"))


@pytest.mark.torch
@settings(QUIET, max_examples=250)
@given(program=programs(length=25))
def test_hundreds_of_long_programs(program):
    """Long programs, in which values are shared and changed many times."""
    check(program, pytest.importorskip("torch", reason="PyTorch is not installed"))


@pytest.mark.torch
@pytest.mark.campaign
@settings(QUIET, max_examples=100_000, derandomize=False)
@given(program=programs(length=15))
def test_a_campaign_of_programs(program):
    """A long series with fresh random numbers."""
    check(program, pytest.importorskip("torch", reason="PyTorch is not installed"))


def test_a_failure_is_a_script(tmp_path):
    """What is printed of a program runs as it stands."""
    program = Program(("x0 = torch.tensor(2.0, requires_grad=True)", "v0 = x0 * 3"), ("x0",), "v0")
    names: dict[str, Any] = {}
    exec(program.text("mytorch"), names)
    assert names["v0"].item() == 6.0
