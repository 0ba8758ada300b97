"""Section 10: mistakes, and PyTorch's words for them."""

import warnings

import pytest

from autograder import exercise

ROOTS = {
    "not-a-scalar": lambda torch, x: (x * 2).backward(),
    "empty": lambda torch, x: x[0:0].backward(),
    "constant": lambda torch, x: torch.tensor([1.0]).backward(),
    "second-constant": lambda torch, x: torch.autograd.backward([x.sum(), torch.tensor([1.0])]),
    "shape": lambda torch, x: (x * 2).backward(torch.ones(3)),
    "float": lambda torch, x: torch.autograd.backward([x.sum()], [1.0]),
    "lone-float": lambda torch, x: torch.autograd.backward(x.sum(), 1.0),
    "lengths": lambda torch, x: torch.autograd.backward([x, x], [torch.ones(2)]),
    "no-inputs": lambda torch, x: x.sum().backward(inputs=[]),
    "grad-no-inputs": lambda torch, x: torch.autograd.grad(x.sum(), []),
    "grad-unused": lambda torch, x: torch.autograd.grad(x.sum(), torch.ones(1, requires_grad=True)),
    "grad-constant": lambda torch, x: torch.autograd.grad(x.sum(), torch.ones(1)),
}
FLAGS = {
    "whole-numbers": lambda torch, x: torch.tensor([1], requires_grad=True),
    "whole-numbers-later": lambda torch, x: torch.tensor([1]).requires_grad_(),
    "off": lambda torch, x: (x * 2).requires_grad_(False),
    "numpy": lambda torch, x: x.numpy(),
    "item": lambda torch, x: x.item(),
    "truth": lambda torch, x: bool(x),
    "length": lambda torch, x: len(x.sum()),
}
ASSIGNED = {
    "size": lambda torch, x: torch.ones(3),
    "type": lambda torch, x: 1.0,
    "itself": lambda torch, x: x,
}
ON_LEAVES = {
    "add_": lambda torch, x: x.add_(1),
    "augmented": lambda torch, x: x.__imul__(2),
    "item": lambda torch, x: x.__setitem__(0, 1.0),
    "view": lambda torch, x: x.view(2, 1).add_(1),
    "row": lambda torch, x: x[0].zero_(),
}


@exercise("parity.errors")
@pytest.mark.parametrize("name", list(ROOTS))
def test_a_pass_that_cannot_start(torch, see, name):
    """X1 to X3: roots, gradients and inputs that don't fit."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with see.raises(text=True):
        ROOTS[name](torch, x)
    see.grad(x)


@exercise("parity.errors")
@pytest.mark.parametrize("name", list(FLAGS))
def test_a_tensor_asked_for_what_it_has_not(torch, see, name):
    """Flags, and ways out of the graph."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with see.raises(text=True):
        FLAGS[name](torch, x)


@exercise("parity.errors")
@pytest.mark.parametrize("name", list(ASSIGNED))
def test_an_assigned_gradient_that_does_not_fit(torch, see, name):
    """The size, the type, and the tensor itself."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with see.raises(text=True):
        x.grad = ASSIGNED[name](torch, x)
    see.grad(x)


@exercise("parity.errors")
@pytest.mark.parametrize("name", list(ON_LEAVES))
def test_a_leaf_changed_in_place(torch, see, name):
    """V2: neither the leaf itself nor a view of it; nothing changes."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with see.raises(text=True):
        ON_LEAVES[name](torch, x)
    see.value(x)


@exercise("parity.errors")
def test_a_saved_result_changed_in_place(torch, see):
    """V1: the text names the type, the node and both versions."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x.exp()
    y.add_(1)
    with see.raises(text=True):
        y.sum().backward()
    z = x + 1
    out = z * z
    z.add_(1)
    with see.raises(text=True):
        out.sum().backward()


@exercise("parity.errors")
def test_a_vector_times_a_matrix_changed_in_place(torch, see):
    """V1: such a product has lost a dimension in place, which counts as a change."""
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    y = torch.ones(2) @ x
    see.value(y._version)
    out = y * y
    y.add_(1)
    with see.raises(text=True):
        out.sum().backward()


OF_TWO = {
    "mul": lambda torch, a, b: a * b,
    "div": lambda torch, a, b: a / b,
    "pow": lambda torch, a, b: a**b,
    "maximum": lambda torch, a, b: torch.maximum(a, b),
    "matmul": lambda torch, a, b: a @ b,
    "product with a vector": lambda torch, a, b: a @ b[0],
    "dot": lambda torch, a, b: a[0] @ b[0],
}


CHOOSING = {
    "indices": lambda torch, x, places, mask: (x[places], places),
    "indices behind a slice": lambda torch, x, places, mask: (x[None][:, places], places),
    "a mask": lambda torch, x, places, mask: (x[mask], mask),
    "assigned by indices": lambda torch, x, places, mask: (_assigned(x, places), places),
    "assigned by a mask": lambda torch, x, places, mask: (_assigned(x, mask), mask),
    "where": lambda torch, x, places, mask: (torch.where(mask, x, 2 * x), mask),
    "the largest": lambda torch, x, places, mask: x.max(0),
    "the least of rows": lambda torch, x, places, mask: x[None].min(1),
}


def _assigned(x, key):
    y = x * 1
    y[key] = 5.0
    return y


@exercise("parity.errors")
@pytest.mark.parametrize("name", list(CHOOSING))
def test_what_chose_elements_changed_in_place(torch, see, name):
    """V1: indices, masks and conditions have no edges, but are kept like inputs."""
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    places, mask = torch.tensor([0, 1]), torch.tensor([True, False, True])
    y, chosen_by = CHOOSING[name](torch, x, places, mask)
    y.sum().backward(retain_graph=True)
    see.value(x.grad)
    chosen_by.zero_()
    with see.raises(text=True):
        y.sum().backward()
    see.value(x.grad)


@exercise("parity.errors")
@pytest.mark.parametrize("name", list(OF_TWO))
def test_two_saved_operands_changed_in_place(torch, see, name):
    """V1: the text speaks of the one that is unpacked first; they are told apart by their versions."""
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    a, b = x + 1, x * 1
    out = OF_TWO[name](torch, a, b)
    a.add_(1)
    b.add_(1).add_(1)
    with see.raises(text=True):
        out.sum().backward()


@exercise("parity.errors")
def test_a_saved_result_and_its_operand_changed_in_place(torch, see):
    """V1: inputs are unpacked before results."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    a, b = x + 1, x * 1
    out = a**b
    out.add_(1)
    a.add_(1).add_(1)
    with see.raises(text=True):
        out.sum().backward()


@exercise("parity.errors")
def test_a_saved_constant_changed_in_place(torch, see):
    """V1: without a node to name."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    c = torch.tensor([3.0, 4.0], dtype=torch.float64)
    out = x * c
    c.mul_(2)
    with see.raises(text=True):
        out.sum().backward()


@exercise("parity.errors")
def test_a_leaf_changed_after_it_was_saved(torch, see):
    """V1: a step of descent between the forward and the backward pass."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    out = x * x
    with torch.no_grad():
        x.sub_(0.5)
    with see.raises(text=True):
        out.sum().backward()


@exercise("parity.errors")
def test_shapes_that_do_not_fit(torch, see):
    """Broadcasting is refused with both sizes."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with see.raises(text=True):
        x + torch.ones(3)
    with see.raises(text=True):
        x.add(torch.ones(2, 3))


@exercise("parity.errors")
def test_a_gradient_where_there_is_none(torch, see):
    """W1: a computed tensor keeps none, and a warning says so."""
    x = torch.tensor([1.0], requires_grad=True)
    y = x * 2
    y.backward()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = y.grad
    see.value(found)
    see.value([each.category.__name__ for each in caught])


@exercise("parity.errors")
def test_anomaly_mode_names_the_node(torch, see):
    """W2: the node whose gradient is not a number, and metadata that say where it was recorded."""
    x = torch.tensor([0.0], requires_grad=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with torch.autograd.detect_anomaly():
            y = x.sqrt() * 0
            see.value(sorted(y.grad_fn.metadata))
            with see.raises(text=True):
                y.backward()
    see.value(sorted((x * 2).grad_fn.metadata))


@exercise("parity.errors")
def test_anomaly_mode_names_a_users_function(torch, see):
    """W2: it has the name of its node."""

    class B(torch.autograd.Function):
        @staticmethod
        def forward(ctx, value):
            return value.clone()

        @staticmethod
        def backward(ctx, gradient):
            return gradient * float("nan")

    x = torch.tensor([1.0], requires_grad=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with torch.autograd.detect_anomaly():
            y = B.apply(x)
            with see.raises(text=True):
                y.backward()


@exercise("parity.errors")
def test_more_gradients_than_roots(torch, see):
    """Section 10: a list that is too long passes where all of it is None."""
    x = torch.tensor(2.0, requires_grad=True)
    torch.autograd.backward([x * x], [None, None])
    see.grad(x)
    with see.raises(text=True):
        torch.autograd.backward([x * x, x * 2], [None])
