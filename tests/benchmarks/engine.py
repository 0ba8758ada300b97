"""How long a forward and backward pass takes, beside other libraries, in one run.

    python -m tests.benchmarks.engine [--rounds 7]

Work: a chain and a diamond lattice of scalars, and a training step of a two-layer network at two widths. The libraries
take turns in each round, and the best round counts, so that all meet the same machine. Two controls: "by hand", the
same numbers with no autograd at all, and "bare graph" (`bare.py`), the reference's edges, nodes and ready queue with
nothing around them. Libraries that are not installed, or that can't do the work, are left out by name.

Where the reference's time goes on scalars is printed after that, step by step (`steps.py`). On a busy machine, where it
took 11 µs a node, a quarter of it records (two edges, a node, its metadata), a quarter to a third is what the engine
does between its nodes (ready queue, buffers, hooks), a fifth goes to formulas, a seventh to operators and dtypes, and
numpy's own arithmetic is less than a hundredth: in all about 37 calls of Python functions and a dozen objects a node,
none of which stands out. micrograd, whose recursion ends at depth 1,000, has one closure an operation instead. It isn't
the graph that costs: a bare one takes 1.3 to 1.5 times as long as micrograd. The reference takes 3.0 to 3.4 times as
long as the bare one, since it does for each node what PyTorch does: common dtypes, shapes and dtypes looked at on the
way back, versions of what is saved, places for hooks and captures, grad modes, formulas that can be recorded
themselves, and a function for each idea that students fill in. PyTorch, in C++, takes 2.1 to 3.1 times as long as
micrograd for the same reason: to come within twice of it in Python would be to overtake PyTorch by leaving these out.
Python's garbage collector looks again and again at a graph that grows: with it switched off, recording a chain of
20,000 takes 6 to 9 µs a node instead of 9 to 10; at 900 nodes it is one part in twenty.
On networks numpy does the work; the reference takes 1.1 to 1.3 times as long as HIPS autograd at width 32, 0.8 to 1.1
times at 512.

All run on one thread: the time of all threads is counted, and on a busy machine idle ones spin.
"""

# ruff: noqa: T201 - what it prints is what it is for
from __future__ import annotations

import argparse
import importlib
import math
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # read when numpy and torch are imported

import numpy as np

from tests.benchmarks import bare
from tests.benchmarks.steps import steps

sys.path.insert(0, str(Path(__file__).parents[2] / "solutions"))

CHAIN, WIDTH, DEPTH, BATCH = 900, 30, 30, 64
DEEP = 100_000  # micrograd recurses
Run = Callable[[], Any]


def chain(x: Any) -> Any:
    """900 operations one after the other, every second one with a number."""
    out = x
    for step in range(CHAIN):
        out = out * 1.001 if step % 2 else out + x
    return out


def lattice(leaves: list[Any]) -> Any:
    """Thirty layers of thirty sums of products: each value is used three times."""
    row = leaves
    for _ in range(DEPTH):
        row = [row[place] * 0.5 + row[place - 1] * 0.25 for place in range(WIDTH)]
    total = row[0]
    for each in row[1:]:
        total = total + each
    return total


NODES = {"chain": CHAIN, "lattice": DEPTH * WIDTH * 3 + WIDTH - 1}
LEAVES = [1.0 + place / WIDTH for place in range(WIDTH)]


def scalars(work: str, leaf: Callable[[float], Any], backward: Callable[[Any], Any]) -> Run:
    """A pass over scalars for a library whose tensors know their graph."""

    def run() -> float:
        leaves = [leaf(value) for value in LEAVES]
        out = chain(leaves[0]) if work == "chain" else lattice(leaves)
        backward(out)
        return float(leaves[0].grad if isinstance(leaves[0].grad, float) else leaves[0].grad.item())

    return run


def autograd_scalars(autograd: Any, work: str) -> Run:
    """The same for HIPS autograd, which differentiates functions."""

    def run() -> float:
        if work == "chain":
            return float(autograd.grad(chain)(1.0))
        return float(autograd.grad(lattice)(LEAVES)[0])

    return run


def scalars_by_hand(work: str) -> Run:
    """The forward pass alone, on plain floats."""
    return lambda: chain(1.0) if work == "chain" else lattice(LEAVES)


def parameters(width: int) -> tuple[Any, ...]:
    """Inputs, targets, and the four parameters of a network, as float64 arrays."""
    rng = np.random.default_rng(0)
    sizes = ((BATCH, width), (BATCH, 1), (width, width), (width,), (width, 1), (1,))
    return tuple(rng.normal(size=size) / math.sqrt(width) for size in sizes)


def torch_network(torch: Any, width: int) -> Run:
    """A training step with PyTorch's interface."""
    x, y, *rest = (torch.tensor(array) for array in parameters(width))
    leaves = [each.requires_grad_() for each in rest]

    def run() -> float:
        w1, b1, w2, b2 = leaves
        loss = (((x @ w1 + b1).tanh() @ w2 + b2 - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            for each in leaves:
                each.sub_(each.grad * 1e-9)
                each.grad = None
        return float(loss.item())

    return run


def autograd_network(autograd: Any, width: int) -> Run:
    """A training step with HIPS autograd."""
    anp = importlib.import_module("autograd.numpy")
    x, y, *leaves = parameters(width)

    def loss(values: list[Any]) -> Any:
        w1, b1, w2, b2 = values
        return anp.mean((anp.dot(anp.tanh(anp.dot(x, w1) + b1), w2) + b2 - y) ** 2)

    step = autograd.value_and_grad(loss)

    def run() -> float:
        value, gradients = step(leaves)
        for each, gradient in zip(leaves, gradients, strict=True):
            np.subtract(each, gradient * 1e-9, out=each)
        return float(value)

    return run


def tinygrad_network(tinygrad: Any, width: int) -> Run:
    """A training step with tinygrad."""
    x, y, *rest = (tinygrad.Tensor(array) for array in parameters(width))

    def run() -> float:
        leaves = [each.detach() for each in rest]
        w1, b1, w2, b2 = leaves
        loss = (((x @ w1 + b1).tanh() @ w2 + b2 - y) ** 2).mean()
        loss.backward()
        rest[:] = [(each - each.grad * 1e-9).realize() for each in leaves]
        return float(loss.item())

    return run


def network_by_hand(width: int) -> Run:
    """A training step in numpy, its gradients written out."""
    x, y, w1, b1, w2, b2 = parameters(width)

    def run() -> float:
        hidden = np.tanh(x @ w1 + b1)
        error = hidden @ w2 + b2 - y
        slope = error * (2 / error.size)
        before = (slope @ w2.T) * (1 - hidden * hidden)
        for each, gradient in ((w1, x.T @ before), (b1, before.sum(0)), (w2, hidden.T @ slope), (b2, slope.sum(0))):
            np.subtract(each, gradient * 1e-9, out=each)
        return float((error**2).mean())

    return run


def tinygrad_scalars(tinygrad: Any, work: str) -> Run:
    """A pass over scalars with tinygrad, computed when the gradient is asked for."""
    return scalars(work, lambda value: tinygrad.Tensor([value]), lambda out: out.sum().backward())


def runs(library: str, module: Any) -> dict[str, Run]:
    """The works that a library can do."""
    if library == "by hand":
        found = {work: scalars_by_hand(work) for work in NODES}
        return found | {f"network {width}": network_by_hand(width) for width in (32, 512)}
    if library == "micrograd":
        return {work: scalars(work, module.Value, lambda out: out.backward()) for work in NODES}
    one, net = {
        "autograd": (autograd_scalars, autograd_network),
        "tinygrad": (tinygrad_scalars, tinygrad_network),
    }.get(library, (torch_scalars, torch_network))
    return {work: one(module, work) for work in NODES} | {f"network {n}": net(module, n) for n in (32, 512)}


def torch_scalars(torch: Any, work: str) -> Run:
    """A pass over scalars with PyTorch's interface."""
    leaf = partial(torch.tensor, requires_grad=True, dtype=torch.float64)
    return scalars(work, leaf, lambda out: out.backward())


def installed() -> dict[str, dict[str, Run]]:
    """All works by library, as far as the libraries are there."""
    modules = {"micrograd": "micrograd.engine", "autograd": "autograd", "tinygrad": "tinygrad", "torch": "torch"}
    found = {"by hand": runs("by hand", None), "mytorch": runs("mytorch", importlib.import_module("mytorch"))}
    found["bare graph"] = {work: scalars(work, bare.leaf, lambda out: out.backward()) for work in NODES}
    for library, module in modules.items():
        try:
            found[library] = runs(library, importlib.import_module(module))
        except (ImportError, RuntimeError) as error:  # tinygrad needs a compiler at hand
            print(f"{library} is left out: {error}")
    return found


def measured(found: dict[str, dict[str, Run]], work: str, rounds: int) -> dict[str, float]:
    """The best time of each library, in seconds of this process."""
    best: dict[str, float] = {}
    for turn in range(rounds + 1):  # the first round warms up
        for library in [name for name in found if work in found[name]]:
            started = time.process_time()
            try:
                found[library][work]()
            except (RuntimeError, OSError, RecursionError) as error:
                print(f"{library} is left out of {work}: {str(error).splitlines()[0][:100]}")
                del found[library][work]
                continue
            if turn:
                best[library] = min(best.get(library, math.inf), time.process_time() - started)
    return best


def print_steps(work: str, rounds: int) -> None:
    """Print where the reference's microseconds go on scalars."""
    build, values = (chain, 1.0) if work == "chain" else (lattice, LEAVES)
    spent = steps(importlib.import_module("mytorch"), build, values, rounds)
    print(f"\n{work}: where the reference's microseconds per node go")
    for step, seconds in spent.items():
        print(f"  {step:32} {seconds / NODES[work] * 1e6:6.2f} {seconds / sum(spent.values()):5.0%}")


def main() -> None:
    """Print tables: microseconds per node for scalars, per step for networks, ratios to the reference, its steps."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    sys.setrecursionlimit(DEEP)
    found = installed()
    for work in (*NODES, "network 32", "network 512"):
        best = measured(found, work, rounds)
        unit = NODES.get(work, 1)
        print(f"\n{work} ({'µs per node' if work in NODES else 'µs per step'})")
        for library, seconds in sorted(best.items(), key=lambda pair: pair[1]):
            print(f"  {library:10} {seconds / unit * 1e6:12.2f}   reference / it = {best['mytorch'] / seconds:6.2f}")
    for work in NODES:
        print_steps(work, rounds)


if __name__ == "__main__":
    main()
