"""Public checks of the lesson *The engine*. Small graphs of stand-ins, so that no engine is needed."""

from types import SimpleNamespace

from autograder import exercise


class Step:
    """A stand-in for a node: a name, a sequence number, and what its edges lead to."""

    def __init__(self, name, number, *targets):
        self.own_name, self.number = name, number
        self.next_functions = tuple((target, 0) for target in targets)

    def name(self):
        """As a node says it."""
        return self.own_name

    def _sequence_nr(self):
        """As a node says it."""
        return self.number


def diamond():
    """`h + h * 3` with `h = x * x`: its nodes, from the top."""
    sink = Step("sink", 99)
    h = Step("h", 0, sink, sink)
    product = Step("h * 3", 1, h, None)
    return [Step("sum", 2, h, product), product, h, sink]


def order_behind(node):
    """The names in the order in which the student's function gives them."""
    from lessons.the_engine import running_order

    return [each.name() for each in running_order(SimpleNamespace(grad_fn=node))]


@exercise("the_engine.running_order")
def test_a_node_waits_for_all_its_gradients(torch, see):
    """In the diamond `h` waits for the product, though one of its gradients was there before.

    The numbers don't decide it: here `h` has the higher one, as if it had been recorded last.
    """
    see.order(order_behind(diamond()[0]))
    sink = Step("sink", 99)
    h = Step("h", 2, sink)
    see.order(order_behind(Step("sum", 3, h, Step("product", 1, h, None))))


@exercise("the_engine.running_order")
def test_two_edges_are_two_gradients(torch, see):
    """Two edges from one node to another, and one from a third: it waits for all three."""
    h = Step("h", 2)
    see.order(order_behind(Step("sum", 3, h, Step("product", 1, h), h)))


@exercise("the_engine.running_order")
def test_of_those_that_are_ready_the_last_recorded_runs(torch, see):
    """Two branches with several steps each: a step runs when it has the highest number of all that are ready."""
    left = Step("left 1", 4, Step("left 2", 1))
    right = Step("right 1", 3, Step("right 2", 2))
    see.order(order_behind(Step("top", 5, right, left)))


@exercise("the_engine.running_order")
def test_a_leaf_is_served_as_soon_as_it_is_complete(torch, see):
    """An accumulator has the highest number of all; so it runs before what else is ready."""
    see.order(order_behind(Step("top", 5, Step("step", 4), Step("sink", 99))))


@exercise("the_engine.running_order")
def test_thousands_of_nodes_have_an_order(torch, see):
    """In a chain each node waits for the one above: a function that calls itself for each does not reach its end."""
    node = None
    for number in range(3000):
        node = Step(f"step {number}", number, node)
    names = order_behind(node)
    see.value([len(names), names[0], names[-1]])


@exercise("the_engine.count_paths")
def test_ways_through_the_diamond(torch, see):
    """One way straight, one by way of the product, and from `h` two to the leaf: four in all."""
    from lessons.the_engine import count_paths

    order = diamond()
    see.value([count_paths(order), count_paths(order[2:]), count_paths(order[3:])])


@exercise("the_engine.count_paths")
def test_ways_that_end_elsewhere(torch, see):
    """Only ways to the last node of the order count, not those to another leaf."""
    from lessons.the_engine import count_paths

    x, y = Step("x", 98), Step("y", 99)
    product = Step("x * y", 0, x, y)
    see.value(count_paths([Step("sum", 1, product, x), product, y, x]))


@exercise("the_engine.count_paths")
def test_more_ways_than_anybody_can_walk(torch, see):
    """A hundred doublings in a row have two to the power of 100 ways.

    Nobody can walk them all: let each node hand on how many ways lead to it.
    """
    from lessons.the_engine import count_paths

    order = [Step("sink", 0)]
    for number in range(100):
        order.insert(0, Step("double", number, order[0], order[0]))
    see.value(count_paths(order) == 2**100)
