"""The benchmark of engines still runs; what it measures depends on the machine, and is not asserted."""

import sys

import mytorch
import pytest

from tests.benchmarks import engine
from tests.benchmarks.steps import steps


@pytest.fixture
def deep_recursion():
    """Room for micrograd, which recurses."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(engine.DEEP)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("deep_recursion")
@pytest.mark.parametrize("work", ["chain", "lattice", "network 32"])
def test_all_libraries_do_the_same_work(work):
    """The gradient of a leaf, or the loss of a step, is the same in each; by hand, only networks have gradients."""
    found = engine.installed()
    expected = found["mytorch"][work]()
    apart = {"mytorch", "by hand", "tinygrad"}  # tinygrad computes scalars in float32
    others = {name: runs[work]() for name, runs in found.items() if work in runs and name not in apart}
    if not others:
        pytest.skip("no other library is installed: there is nothing to compare")
    assert others == dict.fromkeys(others, pytest.approx(expected, rel=1e-9))


def test_every_step_is_measured():
    """Forward, backward and freeing; the parts that are run alone take time."""
    spent = steps(mytorch, engine.chain, 1.0, 2)
    for step in ("numpy computes", "counting dependencies", "formulas", "checking shapes and dtypes", "freeing"):
        assert spent[step] > 0
