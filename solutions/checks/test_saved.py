"""Hidden checks of the unit *The life of a graph*. Saved tensors are made by hand, without a graph."""

import weakref

from autograder import exercise


class Maker:
    """A stand-in for the node that made a tensor: it has a name."""

    def __init__(self, name):
        self.own_name = name

    def name(self):
        """As a node says it."""
        return self.own_name


def modified(torch, rng, times):
    """A tensor that was modified in place that many times."""
    tensor = torch.tensor(rng.normal(size=3))
    for _ in range(times):
        tensor.add_(1)
    return tensor


@exercise("saved.init", points=2, truth="reference")
def test_the_version_at_that_moment_is_noted(torch, see, rng):
    """Each saved tensor notes the version of its moment, whatever happens to the tensor later."""
    tensor = modified(torch, rng, int(rng.integers(1, 5)))
    first = torch.saved.SavedTensor(tensor)
    tensor.mul_(2)
    second = torch.saved.SavedTensor(tensor)
    tensor.zero_()
    see.value([first.version, second.version])


@exercise("saved.init", points=1, truth="reference")
def test_the_tensor_itself_is_kept(torch, see, rng):
    """The tensor is kept as it is, not a copy, together with what the caller said of it."""
    for is_output in rng.permutation([False, True]).tolist():
        tensor = modified(torch, rng, 1)
        saved = torch.saved.SavedTensor(tensor, is_output)
        see.identical(saved.tensor, tensor)
        see.value([saved.version, saved.is_output])


@exercise("saved.of_output", points=2, truth="reference")
def test_neither_output_nor_node_is_kept_alive(torch, see, rng):
    """A saved output is no reason for the output, or for its node, to stay alive."""
    output, maker = modified(torch, rng, 1), Maker("Exp")
    output.grad_fn = maker
    saved = torch.saved.SavedTensor.of_output(output)
    watchers = [weakref.ref(output), weakref.ref(maker)]
    del output, maker
    see.alive(watchers[0])
    see.alive(watchers[1])
    see.value(saved.tensor)


@exercise("saved.of_output", points=1, truth="reference")
def test_an_output_that_changes_is_noticed(torch, see, rng):
    """A change of the output shows in the version of what was saved, and it is marked as an output."""
    output = modified(torch, rng, int(rng.integers(1, 5)))
    output.grad_fn = Maker("Exp")
    saved = torch.saved.SavedTensor.of_output(output)
    see.value([saved.tensor._version - saved.version, saved.is_output, saved.tensor.grad_fn is None])
    output.grad_fn = None
    output.mul_(2)
    see.value([saved.tensor._version - saved.version, saved.tensor.grad_fn is None])


@exercise("saved.unpack_array", points=1, truth="reference")
def test_an_unchanged_tensor_gives_its_numbers(torch, see, rng):
    """What has not changed since it was saved gives its numbers, and one change later it is refused."""
    tensor = modified(torch, rng, int(rng.integers(1, 4)))
    saved = torch.saved.SavedTensor(tensor)
    saved.version = tensor._version
    see.value(saved.unpack_array(Maker("MulBackward0")))
    tensor.add_(1)
    with see.raises():
        saved.unpack_array(Maker("MulBackward0"))


@exercise("saved.unpack_array", points=2, truth="reference")
def test_the_complaint_names_who_made_the_tensor(torch, see, rng):
    """The refusal names the node that made the tensor: the keeper itself for an output, nobody for a leaf."""
    for is_output, maker in ((True, None), (False, Maker("AddBackward0")), (False, None)):
        tensor = modified(torch, rng, 1)
        saved = torch.saved.SavedTensor(tensor, is_output)
        tensor.add_(1)
        tensor.grad_fn = maker
        with see.raises(text=True):
            saved.unpack_array(Maker("ExpBackward0"))


@exercise("saved.unpack", points=1, truth="reference")
def test_an_input_comes_out_as_it_went_in(torch, see, rng):
    """A saved input is the very tensor, and a modified one is refused."""
    tensor = modified(torch, rng, int(rng.integers(1, 4)))
    saved = torch.saved.SavedTensor(tensor)
    see.identical(saved.unpack(Maker("MulBackward0")), tensor)
    tensor.grad_fn = Maker("AddBackward0")
    saved.version -= 1
    with see.raises():
        saved.unpack(Maker("MulBackward0"))


@exercise("saved.unpack", points=2, truth="reference")
def test_an_output_gets_its_place_back(torch, see, rng):
    """A saved output comes out with its numbers, its node, its number among the outputs, and its flag."""
    output, maker = modified(torch, rng, 1), Maker("UnbindBackward0")
    output.output_nr = int(rng.integers(1, 9))
    saved = torch.saved.SavedTensor(output.without_history(), True)
    unpacked = saved.unpack(maker)
    see.value(unpacked)
    see.value([unpacked.output_nr, unpacked.requires_grad])
    see.identical(unpacked.grad_fn, maker)
    see.value(saved.tensor.grad_fn)
