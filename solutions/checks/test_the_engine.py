"""Hidden checks of the lesson *The engine*. Graphs of stand-ins, with random numbers and edges."""

from types import SimpleNamespace

from autograder import exercise


class Step:
    """A stand-in for a node: a sequence number, which is also its name, and what its edges lead to."""

    runs = 0  # of all of them

    def __init__(self, number, *targets):
        self.number = number
        self.next_functions = tuple((target, 0) for target in targets)

    def name(self):
        """As a node says it."""
        return f"Step{self.number}"

    def _sequence_nr(self):
        """As a node says it."""
        return self.number

    def __call__(self, *gradients):
        """Nothing that this exercise asks for."""
        Step.runs += 1
        return gradients


def web(rng, count):
    """Nodes of a random graph with shuffled numbers; every node has an edge to the next."""
    numbers = rng.permutation(count).tolist()
    nodes = [Step(numbers[0])]
    for place in range(1, count):
        chosen = rng.integers(0, place, size=2).tolist()
        nodes.append(Step(numbers[place], nodes[chosen[0]], None, nodes[chosen[1]], nodes[-1]))
    return nodes[::-1]


def order_behind(node):
    """The sequence numbers in the order in which the student's function gives the nodes."""
    from lessons.the_engine import running_order

    return [each.number for each in running_order(SimpleNamespace(grad_fn=node))]


@exercise("the_engine.running_order", points=2)
def test_a_node_runs_after_all_that_lead_to_it(torch, see, rng):
    """Where only one node is ready at a time, the numbers don't matter."""
    see.value(order_behind(web(rng, 12)[0]))


@exercise("the_engine.running_order", points=2)
def test_the_highest_number_that_is_ready_is_next(torch, see, rng):
    """Chains side by side, their numbers shuffled: numbers alone decide between those that are ready."""
    numbers = rng.permutation(20).tolist()
    chains = [None] * 4
    for place, number in enumerate(numbers):
        chains[place % 4] = Step(number, chains[place % 4])
    see.value(order_behind(Step(99, *chains)))


@exercise("the_engine.running_order", points=1)
def test_two_edges_to_one_node_are_waited_for_both(torch, see, rng):
    """A node that is used twice by one operation runs once."""
    low, high = sorted(rng.permutation(50)[:2].tolist())
    shared = Step(high, Step(100))
    see.value(order_behind(Step(200, shared, Step(low, shared), shared)))


@exercise("the_engine.running_order", points=1)
def test_no_node_is_run(torch, see, rng):
    """Only edges and numbers are looked at, and a chain of 3,000 nodes is no danger, whatever their numbers."""
    numbers = rng.permutation(3000).tolist()
    node = None
    for number in numbers:
        node = Step(number, node)
    see.value(order_behind(node) == numbers[::-1])
    see.count(Step.runs)


@exercise("the_engine.count_paths", points=2)
def test_ways_through_a_web(torch, see, rng):
    """Every edge is a way on, two between the same nodes are two, empty ones are none."""
    from lessons.the_engine import count_paths

    see.value(count_paths(web(rng, 10)))


@exercise("the_engine.count_paths", points=1)
def test_ways_that_end_elsewhere_do_not_count(torch, see, rng):
    """Only those to the last node of the order, of several where the graph ends."""
    from lessons.the_engine import count_paths

    first, last = Step(0), Step(1)
    middle = Step(2, *[first, last] * int(rng.integers(2, 9)), last)
    see.value(count_paths([Step(3, middle, first), middle, first, last]))


@exercise("the_engine.count_paths", points=1)
def test_no_way_is_walked_twice(torch, see, rng):
    """Doublings and triplings in a row have too many ways to be walked."""
    from lessons.the_engine import count_paths

    order = [Step(0)]
    for number, edges in enumerate(rng.permutation([2, 3] * 20).tolist()):
        order.insert(0, Step(number, *order[:1] * edges))
    see.value(str(count_paths(order)))
