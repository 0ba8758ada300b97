"""Nodes as objects: names, numbers, calls."""

import weakref

import pytest
from mytorch.node import Node


def test_names_and_classes(torch):
    """A node's class has the node's name; the accumulator's name has a namespace."""
    x = torch.tensor([2.0], requires_grad=True)
    node = (x * 3).grad_fn
    acc = node.next_functions[0][0]
    assert (node.name(), type(node).__name__) == ("MulBackward0", "MulBackward0")
    assert (acc.name(), type(acc).__name__) == ("torch::autograd::AccumulateGrad", "AccumulateGrad")
    assert repr(node).startswith("<MulBackward0 object at 0x")
    assert isinstance(node, torch.autograd.graph.Node)
    assert isinstance(acc, torch.autograd.graph.Node)
    assert node.requires_grad is True


def test_metadata_is_a_dictionary_of_the_node(torch):
    """Empty at first, the same one each time."""
    node = (torch.tensor([2.0], requires_grad=True) * 3).grad_fn
    assert node.metadata == {}
    node.metadata["note"] = 1
    assert node.metadata == {"note": 1}


def test_a_node_takes_no_attributes_and_no_weak_references(torch):
    """Nodes are closed."""
    node = (torch.tensor([2.0], requires_grad=True) * 3).grad_fn
    with pytest.raises(AttributeError):
        node.note = 1
    with pytest.raises(TypeError):
        weakref.ref(node)


def test_sequence_numbers_count_recorded_nodes(torch):
    """One up for each node; not for constants, new leaves or what no_grad leaves out. Accumulators have the highest."""
    x, c = torch.tensor([2.0], requires_grad=True), torch.tensor([1.0])
    first = (x * 3).grad_fn
    c + c
    torch.tensor([2.0], requires_grad=True)
    with torch.no_grad():
        x * 5
    second = (x * 3).grad_fn
    assert second._sequence_nr() - first._sequence_nr() == 1
    assert first.next_functions[0][0]._sequence_nr() == 2**64 - 1


def test_the_node_of_a_tensor_is_one_object(torch):
    """`grad_fn` is the same node each time."""
    z = torch.tensor([2.0], requires_grad=True) * 3
    assert z.grad_fn is z.grad_fn
    assert (z + 1).grad_fn.next_functions[0][0] is z.grad_fn


def test_a_node_can_be_called(torch):
    """One gradient in per output, one out per edge, a single one bare; an accumulator adds and returns nothing."""
    x = torch.tensor(2.0, requires_grad=True)
    y = x * 3
    got = y.grad_fn(torch.tensor(1.0))
    assert (type(got), got[0].item(), got[1]) == (tuple, 3.0, None)
    assert x.sqrt().grad_fn(torch.tensor(0.0)).item() == 0.0
    acc = y.grad_fn.next_functions[0][0]
    assert acc(torch.tensor(5.0)) == ()
    assert acc(torch.tensor(5.0)) == ()
    assert x.grad.item() == 10.0


def test_a_call_with_the_wrong_number_is_refused(torch):
    """The message has both numbers."""
    x = torch.tensor(2.0, requires_grad=True)
    with pytest.raises(TypeError, match="expected 1 arguments, got 0 instead"):
        (x * 3).grad_fn()
    with pytest.raises(TypeError, match="expected 1 arguments, got 2 instead"):
        (x * 3).grad_fn(torch.tensor(1.0), torch.tensor(1.0))


def test_a_node_without_formula_says_so(reference):
    """The base class has nothing to apply."""
    with pytest.raises(NotImplementedError, match="Node has no formula"):
        Node()()


def test_input_metadata_numbers_the_outputs(reference):
    """Numbers count up from 0; shape and dtype are remembered."""
    node = Node()
    assert [node.add_input_metadata(reference.zeros(2, 3)) for _ in range(2)] == [0, 1]
    assert [metadata.shape for metadata in node._input_metadata] == [(2, 3), (2, 3)]


@pytest.mark.parametrize(
    ("make", "self_", "other"),
    [(lambda a, k: a * k, None, "k"), (lambda a, k: k * a, "k", None), (lambda a, k: a / k, None, "k")],
)
def test_an_operand_is_saved_only_for_the_other(torch, make, self_, other):
    """A product keeps the constant, not the factor whose gradient nobody needs."""
    a, k = torch.tensor([2.0], requires_grad=True), torch.tensor([3.0])
    node = make(a, k).grad_fn
    found = {"k": k, None: None}
    assert node._saved_self is found[self_]
    assert node._saved_other is found[other]


def test_saved_values_as_users_see_them(torch):
    """A leaf comes back as itself, a result as a fresh tensor with the same node, a number as a tensor."""
    x = torch.tensor([2.0], requires_grad=True)
    assert (x * x).grad_fn._saved_self is x
    e = x.exp()
    saved = e.grad_fn._saved_result
    assert saved is not e
    assert saved.grad_fn is e.grad_fn
    assert (x * 2).grad_fn._saved_other.item() == 2
    assert torch.add(x, x, alpha=2).grad_fn._saved_alpha == 2
    assert x.sum().grad_fn._saved_self_sym_sizes == (1,)
    assert (x**3).grad_fn._saved_exponent == 3


def test_saved_tensors_are_freed_by_backward_other_values_are_not(torch):
    """Sizes and factors survive."""
    x = torch.tensor([2.0], requires_grad=True)
    e = x.exp()
    s = e.sum()
    s.backward()
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        e.grad_fn._saved_result  # noqa: B018  # reading it is the point
    assert s.grad_fn._saved_self_sym_sizes == (1,)


def test_what_was_never_saved_is_none_also_afterwards(torch):
    """The operand whose gradient alone would need it: nothing is gone, since nothing was there."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    assert y.grad_fn._saved_self is None
    y.backward()
    assert y.grad_fn._saved_self is None


def test_places_are_read_as_tensors_until_they_are_freed(torch):
    """Lists of indices and masks, unlike the sizes beside them."""
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    picked = x[[1, 0]]
    (places,) = picked.grad_fn._saved_indices
    assert places.tolist() == [1, 0]
    picked.sum().backward()
    assert picked.grad_fn._saved_self_sym_sizes == (2,)
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        picked.grad_fn._saved_indices  # noqa: B018  # reading it is the point


def test_nodes_show_what_pytorchs_keep(torch):
    """And hide what the formulas of the reference need besides."""
    x = torch.tensor([[2.0]], requires_grad=True)
    for node, names in [
        ((1 - x).grad_fn, ["_saved_alpha"]),
        (x.view(1).grad_fn, ["_saved_self_sym_sizes"]),
        (x.expand(2, 1).grad_fn, ["_saved_self_sym_sizes"]),
        (torch.cat([x, x]).grad_fn, ["_saved_dim"]),
        (x.unbind()[0].grad_fn, ["_saved_dim"]),
        (x.split([1])[0].grad_fn, ["_saved_dim", "_saved_self_sym_sizes", "_saved_split_sizes"]),
        (x.double().grad_fn, []),
    ]:
        assert [name for name in dir(node) if name.startswith("_saved_")] == names


def test_nodes_know_choices_and_places(torch):
    """A kind of loss by its number, the largest elements as they were returned."""
    x = torch.tensor([[1.0, 3.0]], requires_grad=True)
    functional = torch.nn.functional
    reductions = [functional.mse_loss(x, x, reduction=each) for each in ("none", "mean", "sum")]
    assert [each.grad_fn._saved_reduction for each in reductions] == [0, 1, 2]
    for keepdim in (False, True):
        found = x.max(1, keepdim=keepdim)
        assert found.values.grad_fn._saved_indices.equal(found.indices)


def test_an_unknown_attribute_is_an_attribute_error(torch):
    """`_saved_` opens no other doors."""
    node = (torch.tensor([2.0], requires_grad=True) * 3).grad_fn
    with pytest.raises(AttributeError, match="_saved_nothing"):
        node._saved_nothing  # noqa: B018  # reading it is the point
