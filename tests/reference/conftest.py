"""The specifications of the reference run twice: on the reference, and on real PyTorch where it is installed."""

import importlib
from types import ModuleType

import pytest


@pytest.fixture(params=["mytorch", "torch"])
def torch(request: pytest.FixtureRequest) -> ModuleType:
    """The reference, and then PyTorch itself, so that no specification can ask for what PyTorch doesn't do."""
    if request.param == "torch":
        return pytest.importorskip("torch", reason="PyTorch is not installed: the live half is skipped")
    return importlib.import_module(request.param)


@pytest.fixture
def reference() -> ModuleType:
    """The reference alone, for what PyTorch doesn't show in Python."""
    return importlib.import_module("mytorch")


def leaf(torch, value=2.0):
    """A leaf that requires grad."""
    return torch.tensor(value, requires_grad=True)


def names(tensor) -> list:
    """The edges of a tensor's node as pairs of names and numbers."""
    return [(node and node.name().rsplit("::", 1)[-1], nr) for node, nr in tensor.grad_fn.next_functions]
