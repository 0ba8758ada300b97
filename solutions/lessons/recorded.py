"""What PyTorch 2.13 recorded for the lessons, to be looked at before your own package can record it.

Given to students as it is. The records are PyTorch's: `tests/parity` recorded them, and a test holds them to that.
"""

from types import SimpleNamespace

# For each graph its nodes, numbered breadth-first: name, the nodes that the edges lead to, the leaf that it feeds.
GRAPHS: dict[str, list[tuple[str, list[int | None], str | None]]] = {
    "out": [  # x * y + 1
        ("AddBackward0", [1, None], None),
        ("MulBackward0", [2, 3], None),
        ("AccumulateGrad", [], "x"),
        ("AccumulateGrad", [], "y"),
    ],
    "d": [  # (a + b + c) / (x * y)
        ("DivBackward0", [1, 2], None),
        ("AddBackward0", [3, 4], None),
        ("MulBackward0", [5, 6], None),
        ("AddBackward0", [7, 8], None),
        ("AccumulateGrad", [], "c"),
        ("AccumulateGrad", [], "x"),
        ("AccumulateGrad", [], "y"),
        ("AccumulateGrad", [], "a"),
        ("AccumulateGrad", [], "b"),
    ],
    "square": [  # x * x
        ("MulBackward0", [1, 1], None),
        ("AccumulateGrad", [], "x"),
    ],
    "cube": [  # x * x * x, by a loop
        ("MulBackward0", [1, 2], None),
        ("MulBackward0", [2, 2], None),
        ("AccumulateGrad", [], "x"),
    ],
    "fourth power": [  # x * x * x * x, by the same loop
        ("MulBackward0", [1, 2], None),
        ("MulBackward0", [3, 2], None),
        ("AccumulateGrad", [], "x"),
        ("MulBackward0", [2, 2], None),
    ],
    "constant from no_grad": [  # x * c with c = x * x, computed inside no_grad
        ("MulBackward0", [1, None], None),
        ("AccumulateGrad", [], "x"),
    ],
    "polynomial": [  # (4 * x + 3) * x + 2, by a loop
        ("AddBackward0", [1, None], None),
        ("MulBackward0", [2, 3], None),
        ("AddBackward0", [4, None], None),
        ("AccumulateGrad", [], "x"),
        ("MulBackward0", [3, None], None),
    ],
    "shared leaf": [  # x * y + x
        ("AddBackward0", [1, 2], None),
        ("MulBackward0", [2, 3], None),
        ("AccumulateGrad", [], "x"),
        ("AccumulateGrad", [], "y"),
    ],
    "diamond": [  # h + h * 3 with h = x * x
        ("AddBackward0", [1, 2], None),
        ("MulBackward0", [3, 3], None),
        ("MulBackward0", [1, None], None),
        ("AccumulateGrad", [], "x"),
    ],
    "road": [  # y * y with y = x * 3
        ("MulBackward0", [1, 1], None),
        ("MulBackward0", [2, None], None),
        ("AccumulateGrad", [], "x"),
    ],
    "one loss": [  # ((x * weight - y) ** 2).mean(), with a product for the square
        ("MeanBackward0", [1], None),
        ("MulBackward0", [2, 2], None),
        ("SubBackward0", [3, None], None),
        ("MulBackward0", [None, 4], None),
        ("AccumulateGrad", [], "weight"),
    ],
    "slope of the square": [  # torch.autograd.grad(x * x, x, create_graph=True)
        ("AddBackward0", [1, 2], None),
        ("MulBackward0", [None, 3], None),
        ("MulBackward0", [None, 3], None),
        ("AccumulateGrad", [], "x"),
    ],
}

# Lists of numbers that PyTorch gave.
NUMBERS: dict[str, list[float]] = {
    "two passes": [2.0, 5.0],
    "after zeroing": [0.0, 4.0],
    "kept gradient": [2.0, 5.0],
    "kept while recording": [2.0, 2.0],
    "kept and zeroed": [2.0, 0.0, 3.0],
    "kept and set to none": [2.0, 2.0, 2.0],
    "changed after detach": [6.0, 7.0],
    "training": [1.5, 2.25, 2.625, 2.8125],
    "training without zeroing": [1.5, 3.75, 5.625, 6.1875],
    "diamond": [16.0],
    "diamond in a hurry": [4.0],
    "arrivals": [1.0, 3.0],
    "three passes": [6.0, 12.0, 18.0],
    "versions": [0.0, 1.0, 2.0, 2.0],
    "retained": [12.0, 36.0],
    "halved on the way": [6.0, 18.0],
    "learning": [4.0, 2.25, 1.265625, 0.7119140625, 0.40045166015625, 0.22525405883789062],
    "whole batch": [-4.0],
    "derivatives of the fourth power": [16.0, 32.0, 48.0, 48.0, 24.0, 0.0],
    "penalty": [288.0],
    "row of a hessian": [6.0, 4.0],
    "newton": [1.0, 0.7357588823428847, 0.6940422999189153, 0.6931475810597714, 0.6931471805600254],
}


class RecordedNode:
    """A node as PyTorch recorded it: it can be looked at, but not run."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.next_functions: tuple[tuple[RecordedNode | None, int], ...] = ()

    def name(self) -> str:
        """The node's name."""
        return self._name

    def __repr__(self) -> str:
        return f"<{self._name}>"


def graph(name: str) -> SimpleNamespace:
    """A stand-in for the tensor whose graph was recorded under this name; `leaves` has stand-ins for its leaves."""
    records = GRAPHS[name]
    nodes = [RecordedNode(record_name) for record_name, _, _ in records]
    leaves = {}
    for node, (_, edges, leaf) in zip(nodes, records, strict=True):
        node.next_functions = tuple((None if target is None else nodes[target], 0) for target in edges)
        if leaf is not None:
            leaves[leaf] = SimpleNamespace(grad_fn=None, requires_grad=True)
            vars(node)["variable"] = leaves[leaf]
    return SimpleNamespace(grad_fn=nodes[0], output_nr=0, requires_grad=True, leaves=leaves)


def numbers(name: str) -> list[float]:
    """The numbers that were recorded under this name."""
    return list(NUMBERS[name])
