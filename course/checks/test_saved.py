"""Public checks of the unit *The life of a graph*."""

import weakref

from autograder import exercise


@exercise("saved.init", truth="reference")
def test_the_version_is_noted(torch, see):
    """A saved tensor knows the version that the tensor had when it was saved.

    `tensor._version` counts how often a tensor was modified in place. Which of its values will be needed later?
    """
    tensor = torch.tensor([1.0, 2.0])
    tensor.add_(1).mul_(2)
    saved = torch.saved.SavedTensor(tensor)
    tensor.zero_()
    see.value(saved.version)
    see.identical(saved.tensor, tensor)


@exercise("saved.of_output")
def test_a_result_vanishes_with_its_last_name(torch, see):
    """The result of `exp` is saved by its node, and yet is gone at once when nobody needs it.

    The result points to its node. What happens if the node points to the result?
    """
    x = torch.tensor([1.0], requires_grad=True)
    result = x.exp()
    watcher = weakref.ref(result)
    see.alive(watcher)
    del result
    see.alive(watcher)


@exercise("saved.unpack_array")
def test_a_modified_result_is_refused(torch, see):
    """A backward pass that needs a modified tensor is refused, with the name of the operation that made it.

    Compare the tensor's version with the one that was noted. `check_version` has the words.
    """
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    result = x.exp()
    result.add_(1)
    with see.raises(text=True):
        result.sum().backward()
    see.grad(x)


@exercise("saved.unpack")
def test_a_saved_result_has_its_place_in_the_graph(torch, see):
    """The result that `exp` saved comes out with the node that made it.

    What was kept of a result has no `grad_fn`, or it would hold its node. Who knows the node when it is unpacked?
    """
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    result = x.exp()
    saved = result.grad_fn._saved_result
    see.value(saved)
    see.graph(saved, x=x)
    see.identical(saved.grad_fn, result.grad_fn)
