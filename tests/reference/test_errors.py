"""Mistakes, and what is said about them."""

import re
import warnings

import numpy as np
import pytest
from mytorch.operations.operation import ManyOperation, Operation
from mytorch.warn_once import warn_once

from tests.reference.conftest import leaf
from tests.reference.mistakes import arguments, functions, graphs, networks, operations

CASES = [
    pytest.param(*case, id=name)
    for table in (arguments, functions, graphs, networks, operations)
    for name, case in table.CASES.items()
]


def raises(error, text, run):
    """`run` raises `error` with `text` in it."""
    with pytest.raises(error, match=re.escape(text)):
        run()


@pytest.mark.parametrize(("error", "text", "run"), CASES)
def test_a_mistake_is_named_in_pytorchs_words(torch, error, text, run):
    """Exception and text are PyTorch's."""
    raises(error, text, lambda: run(torch, leaf(torch, [1.0, 2.0])))


def _formless(torch, x):
    class Formless(ManyOperation):
        forward = staticmethod(lambda a: a * 2)

    Formless.run(x).backward(torch.ones(2))


def _valueless(torch, x):
    class Valueless(Operation):
        pass

    Valueless.run(x)


OWN_WORDS = {
    "value": (NotImplementedError, "this operation computes nothing: give its class a static method", _valueless),
    "method": (NotImplementedError, "softmax is not supported here: use x.exp() /", lambda t, x: x.softmax(0)),
    "function": (AttributeError, "module 'mytorch' has no attribute 'fft'. If PyTorch has it", lambda t, x: t.fft),
    "attribute": (AttributeError, "'Tensor' object has no attribute 'sinh'. If PyTorch has it", lambda t, x: x.sinh()),
    "formula": (NotImplementedError, "Formless has no formula: give its class a method backward", _formless),
    "loss": (
        ValueError,
        "nothing is not a valid value for reduction",
        lambda t, x: t.nn.MSELoss(reduction="nothing")(x, x),
    ),
    "list": (
        TypeError,
        "expected a Tensor or a number, but got list",
        lambda t, x: t.operations.arithmetic.mul(x, [1, 2]),
    ),
    "setting": (NotImplementedError, "SGD(nesterov=) is not supported", lambda t, x: t.optim.SGD([x], nesterov=True)),
    "old name": (
        NotImplementedError,
        "backward(grad_variables=) is not supported here: use grad_tensors",
        lambda t, x: t.autograd.backward(x.sum(), grad_variables=t.tensor(1.0)),
    ),
    "parameter groups": (
        NotImplementedError,
        "parameter groups are not supported here: make one SGD for each group",
        lambda t, x: t.optim.SGD([{"params": [x]}]),
    ),
    "batched": (
        NotImplementedError,
        "grad(is_grads_batched=True) is not supported here: call grad once for each gradient",
        lambda t, x: t.autograd.grad(x.sum(), x, is_grads_batched=True),
    ),
    "given up names": (
        NotImplementedError,
        "size_average= and reduce= of MSELoss are not supported here: use reduction=",
        lambda t, x: t.nn.MSELoss(size_average=False),
    ),
    "setting of a check": (
        NotImplementedError,
        "gradcheck(fast_mode=True) is not supported here: use eps, atol, rtol and raise_exception",
        lambda t, x: t.autograd.gradcheck(lambda y: y, x, fast_mode=True),
    ),
    "function module": (
        AttributeError,
        "module 'mytorch.autograd' has no attribute 'function', which is not supported here: use torch.autograd.Func",
        lambda t, x: t.autograd.function,
    ),
    "hooks of saved tensors": (
        AttributeError,
        "module 'mytorch.autograd.graph' has no attribute 'saved_tensors_hooks', which is not supported here: use a ",
        lambda t, x: t.autograd.graph.saved_tensors_hooks,
    ),
    "layer": (
        AttributeError,
        "module 'mytorch.nn' has no attribute 'Dropout'. If PyTorch",
        lambda t, x: t.nn.Dropout(),
    ),
    "mode": (
        AttributeError,
        "module 'mytorch.autograd' has no attribute 'functional', which is not supported here: use torch.autograd.grad",
        lambda t, x: t.autograd.functional,
    ),
    "buffer": (
        AttributeError,
        "'Module' object has no attribute 'register_buffer'. If PyTorch",
        lambda t, x: t.nn.Module().register_buffer("b", x),
    ),
    "data of a class": (TypeError, "torch.Tensor(data) is not supported here: use", lambda t, x: t.Tensor([1.0]).shape),
    "device": (TypeError, "to('meta') is not supported here: use a dtype, or a tensor", lambda t, x: x.to("meta")),
    "argument": (
        TypeError,
        "sum(dtype=) is not supported here: use x.to(dtype) first",
        lambda t, x: x.sum(dtype=t.float64),
    ),
    "frozen module": (
        AttributeError,
        "'Linear' object has no attribute 'requires_grad_', which is not supported here: use parameter.requires_grad_(",
        lambda t, x: t.nn.Linear(2, 1).requires_grad_(False),
    ),
    "device of a layer": (
        TypeError,
        "Linear(device=) is not supported here: leave it out",
        lambda t, x: t.nn.Linear(2, 1, device="cpu"),
    ),
    "no dimension of the largest": (
        TypeError,
        "max(): argument 'dim' (position 1) must be int, not NoneType",
        lambda t, x: x.max(None),
    ),
    "no dimension to squeeze": (
        TypeError,
        "squeeze(): argument 'dim' (position 1) must be int, not NoneType",
        lambda t, x: x.squeeze(None),
    ),
    "several for one count": (
        TypeError,
        "only integer tensors of a single element can be converted to an index",
        lambda t, x: x.chunk(t.tensor([1, 2])),
    ),
    "several for one place": (
        TypeError,
        "only integer tensors of a single element can be converted to an index",
        lambda t, x: x.select(0, t.tensor([0, 1])),
    ),
    "kept dimension without dimension": (
        TypeError,
        'sum() missing 1 required positional arguments: "dim"',
        lambda t, x: x.sum(keepdim=True),
    ),
    "argument of a new tensor": (
        TypeError,
        "zeros(device=) is not supported here: leave it out",
        lambda t, x: t.zeros(2, device="cpu"),
    ),
    "misspelt argument": (
        TypeError,
        "sum(dmi=) is not supported here: use dim, keepdim",
        lambda t, x: x.sum(dmi=0),
    ),
    "argument of backward": (
        TypeError,
        "backward(grad=) is not supported here: use gradient, retain_graph, create_graph, inputs",
        lambda t, x: x.sum().backward(grad=t.tensor(1.0)),
    ),
    "groups of an optimizer": (
        AttributeError,
        "'SGD' object has no attribute 'param_groups', which is not supported here: use optimizer.lr",
        lambda t, x: t.optim.SGD([x]).param_groups,
    ),
    "optimizer": (
        AttributeError,
        "module 'mytorch.optim' has no attribute 'Adam', which is not supported here: use torch.optim.SGD",
        lambda t, x: t.optim.Adam([x]),
    ),
    "loss as a function": (
        AttributeError,
        "module 'mytorch.nn.functional' has no attribute 'softmax', which is not supported here: use x.exp() /",
        lambda t, x: t.nn.functional.softmax(x, 0),
    ),
    "alpha first": (
        TypeError,
        "add() with alpha before other is not supported here: use add(other, alpha=alpha)",
        lambda t, x: x.add(2, x),
    ),
    "alpha first in a function": (
        TypeError,
        "sub() with alpha before other is not supported here: use sub(input, other, alpha=alpha)",
        lambda t, x: t.sub(x, 2, x),
    ),
    "complex": (TypeError, "tensors of complex128 are not supported", lambda t, x: t.from_numpy(_complex())),
    "complex data": (
        TypeError,
        "tensors of complex128 are not supported: convert the data to float32",
        lambda t, x: t.tensor(1j),
    ),
}


@pytest.mark.parametrize("name", OWN_WORDS)
def test_what_is_not_supported_says_what_to_use_instead(reference, name):
    """Where PyTorch does more, the reference says so."""
    error, text, run = OWN_WORDS[name]
    raises(error, text, lambda: run(reference, leaf(reference, [1.0, 2.0])))


def _complex():
    return np.array([1j])


def test_gradients_of_one_element_need_no_shape(torch):
    """Any shape with one element has the implicit gradient 1."""
    x = leaf(torch, [[3.0]])
    x.backward()
    assert x.grad.tolist() == [[1.0]]


def test_surplus_gradients_are_let_pass(torch):
    """One tensor and two missing gradients."""
    x = leaf(torch)
    torch.autograd.backward([x * 3], [None, None])
    assert x.grad.item() == 3.0


def test_a_gradient_of_another_float_dtype_is_cast(torch):
    """Each leaf has the gradient in its own dtype."""
    x = leaf(torch, [1.0, 2.0])
    (x * 2).backward(torch.ones(2, dtype=torch.float64))
    assert x.grad.dtype == torch.float32


def test_reading_the_grad_of_an_inner_tensor_warns(torch):
    """It is None, and a warning says why."""
    y = leaf(torch) * 2
    with pytest.warns(UserWarning, match=r"The \.grad attribute .* make sure you access the leaf Tensor"):
        assert y.grad is None


def test_unused_inputs_can_be_allowed(torch):
    """As None, or as zeros."""
    x, w = leaf(torch), leaf(torch)
    y = x * 3
    assert torch.autograd.grad(y, [x, w], allow_unused=True, retain_graph=True)[1] is None
    got = torch.autograd.grad(y, [x, w], materialize_grads=True)
    assert [g.item() for g in got] == [3.0, 0.0]


def test_grad_returns_what_it_was_given_where_nothing_is_computed(torch):
    """The gradients of a sum are the very gradient given; the gradient of a tensor by itself is 1."""
    x, y, g = leaf(torch), leaf(torch), torch.tensor(5.0)
    a, b = torch.autograd.grad(x + y, [x, y], g)
    assert a is g
    assert b is g
    z = x * 2
    assert torch.autograd.grad(z, z)[0].item() == 1.0
    assert x.grad is None


def test_inputs_of_backward(torch):
    """Only they accumulate; an inner one keeps its gradient, one out of reach stays without."""
    x, w = leaf(torch), leaf(torch)
    y = x * 3
    (y * w).backward(inputs=[y])
    assert (y.grad.item(), x.grad, w.grad) == (2.0, None, None)
    (x * 3).backward(inputs=[w])
    assert w.grad is None


def test_a_function_of_another_precision_is_checked_with_a_warning(torch):
    """float32 has too few digits for finite differences."""
    with pytest.warns(UserWarning, match="Input #0 requires gradient and is not a double precision"):
        assert not torch.autograd.gradcheck(lambda x: x * x, leaf(torch, [1.0, 2.0]), raise_exception=False)


def warned(torch, run):
    """The warnings of `run`, those that are given once among them."""
    if torch.__name__ == "torch":
        torch.set_warn_always(True)
    else:
        warn_once.cache_clear()
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        run()
    if torch.__name__ == "torch":
        torch.set_warn_always(False)
    return [str(each.message).partition(" (Triggered internally")[0] for each in found]


LEAVES_THE_GRAPH = (
    "Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.\n"
    "Consider using tensor.detach() first."
)
COPIES = (
    "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or "
    "sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor)."
)
WARNED = {
    "float": (lambda t, x: float(x[0]), LEAVES_THE_GRAPH),
    "list": (lambda t, x: t.tensor([x[0]]), LEAVES_THE_GRAPH),
    "copy": (lambda t, x: t.tensor(x), COPIES),
    "transposed vector": (
        lambda t, x: x.T,
        (
            "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated and it will "
            "throw an error in a future release. Consider `x.mT` to transpose batches of matrices or "
            "`x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a tensor."
        ),
    ),
    "transposed number": (
        lambda t, x: x[0].T,
        "Tensor.T is deprecated on 0-D tensors. This function is the identity in these cases.",
    ),
}


@pytest.mark.parametrize("name", WARNED)
def test_what_is_seldom_meant_is_done_with_a_warning(torch, name):
    """In PyTorch's words."""
    run, text = WARNED[name]
    assert warned(torch, lambda: run(torch, leaf(torch, [1.0, 2.0]))) == [text]


def test_most_warnings_are_given_once(reference):
    """A loop that prints its loss is not flooded; numbers that leave the graph on purpose need none."""
    x = leaf(reference)
    assert len(warned(reference, lambda: [float(x), float(x * 2)])) == 1
    assert warned(reference, lambda: [x.item(), int(x), bool(x), float(x.detach()), f"{x:.1f}"]) == []


def test_gradients_by_name(torch):
    """For inputs in a dict, the gradients come in one."""
    x, w = leaf(torch), leaf(torch)
    found = torch.autograd.grad(x * w * 3, {"weight": w, "x": x})
    assert {name: each.item() for name, each in found.items()} == {"weight": 6.0, "x": 6.0}


def test_zeros_for_unused_inputs_require_grad_in_a_recorded_pass(torch):
    """So that the next order can be asked for them."""
    x, w = leaf(torch), leaf(torch)
    found = torch.autograd.grad(x * x, [x, w], create_graph=True, materialize_grads=True)
    assert [each.requires_grad for each in found] == [True, True]


def test_an_old_option_of_grad_is_ignored_with_a_warning(torch):
    """`only_inputs` keeps its place among the arguments."""
    x = leaf(torch, [1.0, 2.0])
    with pytest.warns(FutureWarning, match="only_inputs argument is deprecated and is ignored now"):
        (found,) = torch.autograd.grad(x.sum(), x, None, None, False, False)
    assert found.tolist() == [1.0, 1.0]
