"""Public checks of the unit *The life of a graph*."""

import weakref

from autograder import exercise


class Note:
    """Something that can be left with a node, and watched."""


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


@exercise("saved.unpack_array")
def test_what_was_modified_before_is_fine(torch, see):
    """A tensor that was modified and then saved is as good as any other, until it is modified once more.

    A version above 0 is no fault in itself. Which two versions have to agree?
    """
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 2
    y.add_(1)
    z = y * y
    z.sum().backward(retain_graph=True)
    see.grad(x)
    y.add_(1)
    with see.raises(text=True):
        z.sum().backward()


@exercise("saved.unpack_array")
def test_the_maker_of_an_input_is_named(torch, see):
    """The refusal names the operation that made the modified tensor, not the one that needs it.

    An output was made by the node that has saved it. By whom was an input made?
    """
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 2
    y.add_(1)
    z = y * y
    y.neg_()
    with see.raises(text=True):
        z.sum().backward()


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


@exercise("saved.unpack")
def test_a_saved_input_is_the_input_itself(torch, see):
    """The factor that a product saved comes out as the very same tensor, and is refused once it was modified.

    An input needs no new place in the graph. But it needs the same look at its version as an output.
    """
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 2
    y.add_(1)
    z = y * y
    see.identical(z.grad_fn._saved_self, y)
    y.add_(1)
    with see.raises():
        _ = z.grad_fn._saved_self


@exercise("saved.unpack")
def test_a_look_leaves_no_circle(torch, see):
    """After a look at its saved result a node still goes when nobody holds it.

    What is handed out knows its node. If it were the kept tensor itself, whom would the node hold?
    """
    x = torch.tensor([1.0], requires_grad=True)
    result = x.exp()
    note = Note()
    watcher = weakref.ref(note)
    result.grad_fn.metadata["note"] = note  # lives exactly as long as the node
    see.value(result.grad_fn._saved_result)
    del result, note
    see.alive(watcher)
