"""Hidden checks of the lesson *Leaves, and who fills their grad*. Stand-ins take the place of graphs."""

from types import SimpleNamespace

from autograder import exercise


class Stop:
    """A stand-in for a node: what its edges lead to, and for an accumulator its leaf."""

    def __init__(self, *targets, variable=None):
        self.next_functions = tuple((target, 0) for target in targets)
        if variable is not None:
            self.variable = variable


class Accumulator(Stop):
    """A stand-in for an accumulator that can be called: it notes what arrives, and keeps the last as the gradient."""

    def __call__(self, gradient):
        """Let a gradient arrive."""
        self.variable.arrived.append(gradient)
        self.variable.grad = gradient
        return ()


class Leaf:
    """A stand-in for a leaf: any product with it has an edge to its accumulator."""

    def __init__(self):
        self.grad, self.arrived = None, []
        self.requires_grad, self.grad_fn = True, None
        self.accumulator = Accumulator(variable=self)

    def __mul__(self, other):
        return SimpleNamespace(grad_fn=Stop(self.accumulator, None), output_nr=0, requires_grad=True)

    __add__ = __sub__ = __truediv__ = __mul__


def behind(node):
    """A stand-in for the tensor that `node` made."""
    return SimpleNamespace(grad_fn=node, output_nr=0, requires_grad=True)


@exercise("leaves.leaves_of", points=2)
def test_leaves_come_nearest_first(torch, see, rng):
    """Level by level, from left to right, past constants."""
    from lessons.leaves import leaves_of

    names = [f"leaf{number}" for number in rng.permutation(9)[:5].tolist()]
    sinks = [Stop(variable=name) for name in names]
    lower = Stop(sinks[3], None, sinks[4])
    see.order(leaves_of(behind(Stop(Stop(None, sinks[2], lower), sinks[0], Stop(sinks[1])))))
    see.value(leaves_of(behind(None)))


@exercise("leaves.leaves_of", points=2)
def test_every_leaf_is_there_once(torch, see, rng):
    """However many ways lead to it."""
    from lessons.leaves import leaves_of

    below = Stop(*[Stop(variable=f"leaf{number}") for number in rng.permutation(9)[:3].tolist()])
    for _ in range(40):
        below = Stop(Stop(below), Stop(None, below))
    see.order(leaves_of(behind(below)))


@exercise("leaves.leaves_of", points=1)
def test_deep_graphs_are_no_danger(torch, see):
    """A chain of 20,000 nodes: no recursion."""
    from lessons.leaves import leaves_of

    chain = [Stop(variable="far away")]
    for _ in range(20_000):
        chain.append(Stop(chain[-1], None))
    see.order(leaves_of(behind(chain[-1])))
    while chain:
        chain.pop().next_functions = ()


@exercise("leaves.deliver", points=2)
def test_the_accumulator_receives_every_gradient_in_order(torch, see, rng):
    """Once each, and nothing else."""
    from lessons.leaves import deliver

    for count in rng.permutation([0, 1, 4]).tolist():
        leaf = Leaf()
        deliver(leaf, rng.integers(1, 99, size=count).astype(float).tolist())
        see.value(leaf.arrived)


@exercise("leaves.deliver", points=1)
def test_what_is_in_grad_is_returned(torch, see, rng):
    """What the accumulator has left there, and what was there where nothing is delivered."""
    from lessons.leaves import deliver

    leaf = Leaf()
    see.value(deliver(leaf, rng.integers(1, 99, size=3).astype(float).tolist()))
    see.value(deliver(leaf, []))
