"""Tiny candidates, given as files in memory, and a check run on one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import dedent
from types import SimpleNamespace
from typing import Any

import pytest

from autograder import probe

Run = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _forget_candidates() -> Iterator[None]:
    yield
    probe.unload()


@pytest.fixture
def run() -> Run:
    """Run a check's body on a package of one module."""

    def run_check(
        body: str, package: str = "", arguments: dict[str, Any] | None = None, **options: Any
    ) -> dict[str, Any]:
        names = ", ".join(["torch", "see", "rng", *(arguments or {})])
        source = f"def test_it({names}):\n" + "".join(f"    {line}\n" for line in dedent(body).strip().splitlines())
        task = {
            "id": "test_x::test_it",
            "source": source,
            "function": "test_it",
            "arguments": arguments or {},
            "seed": 3,
        }
        candidate = probe.load({"fake/__init__.py": dedent(package).encode()}, "fake")
        return probe.run(task, candidate, **options)

    return run_check


class FakeNode:
    """What a walk asks a node for."""

    def __init__(self, name: Any, *edges: Any, variable: Any = None) -> None:
        self.own_name = name
        self.next_functions: Any = edges
        self.variable = variable

    def name(self) -> Any:
        """Whatever the test wants it to be."""
        return self.own_name


@pytest.fixture
def node() -> type[FakeNode]:
    """A class of nodes: a name, then pairs (node, input_nr)."""
    return FakeNode


@pytest.fixture
def tensor() -> Callable[..., Any]:
    """A maker of tensors as far as a walk asks them."""

    def make(grad_fn: Any = None, output_nr: int = 0, *, requires_grad: bool = True) -> Any:
        return SimpleNamespace(grad_fn=grad_fn, output_nr=output_nr, requires_grad=requires_grad)

    return make
