"""The reference explains itself: every public name has a docstring, every one of a module names its source.

What the surface gives back has a shape that its docstring tells, and the errors that a docstring names are those that a
mistake meets. What all functions refuse alike, arguments of another kind, is said in `methods.py` once.
"""

import importlib
import inspect
import pkgutil
import re

import mytorch
import numpy as np
import pytest
from mytorch import autograd, creation, methods, nn
from mytorch.autograd.gradcheck import GradcheckError
from mytorch.operations.promotion import ForeignOperandError

MODULES = {
    name: importlib.import_module(name) for _, name, _ in pkgutil.walk_packages(mytorch.__path__, "mytorch.")
} | {"mytorch": mytorch}
DESCRIPTORS = (property, classmethod, staticmethod)
SHAPE = re.compile(r"shape|broadcast|dimension|\bgives?\b|itself", re.IGNORECASE)
ERROR = re.compile(r"\b[A-Z]\w*Error\b")
OTHERS = {"None", "bool", "int", "NoReturn", "dtype", "list[int]", "RemovableHandle", "np.random.Generator"}


def public(module):
    """The public classes and functions that a module itself defines."""
    for name, each in vars(module).items():
        is_ours = inspect.isclass(each) or inspect.isfunction(each)
        if is_ours and each.__module__ == module.__name__ and not name.startswith("_"):
            yield name, each


def members(owner):
    """The public methods and properties that a class itself defines, as a reader meets them."""
    for name, each in vars(owner).items():
        if not name.startswith("_") and (inspect.isfunction(each) or isinstance(each, DESCRIPTORS)):
            yield name, getattr(owner, name)


@pytest.mark.parametrize("name", MODULES)
def test_every_public_class_and_function_names_its_source(name):
    """Its docstring says which PyTorch file it follows."""
    lacking = [each for each, found in public(MODULES[name]) if "Source:" not in (found.__doc__ or "")]
    assert not lacking


@pytest.mark.parametrize("name", MODULES)
def test_every_public_method_has_a_docstring(name):
    """Its own, or the one of the method that it stands in for; numpy's functions bring theirs."""
    owners = [found for _, found in public(MODULES[name]) if inspect.isclass(found)]
    found = [(owner.__name__, name, each) for owner in owners for name, each in members(owner)]
    lacking = [(owner, name) for owner, name, each in found if not inspect.getdoc(each)]
    assert not lacking


def methods_of_tensors():
    """The methods and properties of tensors but those that refuse, under their names with a dot in front."""
    for name, each in inspect.getmembers(mytorch.Tensor):
        function = each.fget if isinstance(each, property) else each
        if not name.startswith("_") and name not in methods.REFUSED and inspect.isfunction(function):
            yield f".{name}", function


OPERATORS = methods.BINARY | methods.OPERATORS
LAYERS = ("Linear", "MSELoss", "Parameter", "ReLU", "Sequential", "Tanh")
SURFACE = (
    {name: each for name, each in OPERATORS.items() if name.startswith("__")}
    | dict(methods_of_tensors())
    | methods.FUNCTIONS
    | methods.FUNCTIONS_ONLY
    | dict(public(creation))
    | {f"functional.{name}": getattr(nn.functional, name) for name in nn.functional.__all__}
    | {name: getattr(nn, name) for name in LAYERS}
    | {name: getattr(autograd, name) for name in ("backward", "grad", "gradcheck", "gradgradcheck")}
)


def errors_of(function):
    """The errors that its docstring names."""
    _, _, raised = inspect.getdoc(function).partition("Raises:")
    return set(ERROR.findall(raised.partition("Source:")[0]))


@pytest.mark.parametrize("name", SURFACE)
def test_what_comes_back_has_a_shape(name):
    """Its docstring tells it, in front of the errors, unless what comes back has none."""
    function = SURFACE[name]
    told, _, _ = inspect.getdoc(function).partition("Raises:")
    returned = getattr(inspect.unwrap(function), "__annotations__", {}).get("return")
    assert returned in OTHERS or SHAPE.search(told)


X, LONG = mytorch.ones(2, 3), mytorch.ones(4, 5)
LEAF = mytorch.ones(2, 3, requires_grad=True)
DOUBLE = mytorch.ones(2, dtype=mytorch.float64, requires_grad=True)
NUMBER, NOTHING = mytorch.tensor(1.0), mytorch.zeros(0)
WHOLE, ZERO = mytorch.tensor([1, 2]), mytorch.tensor([0])
FLAGS = mytorch.tensor([True, False])
# What is called where a mistake shows after the class was made.
CALLED = {
    "MSELoss": lambda *inputs, **settings: nn.MSELoss(**settings)(*inputs),
    "ReLU": nn.ReLU(),
    "Sequential": lambda *modules: nn.Sequential(*modules)[0],
}


def mistake(error, names, *args, **named):
    """The same mistake with several functions: `error`, the function's name, and what it is called with."""
    return [(name, error, args, named) for name in names.split()]


MISTAKES = [
    # shapes that can't be broadcast, and two tensors that no product fits
    *mistake(RuntimeError, "add sub rsub mul div remainder floor_divide pow maximum minimum max min", X, LONG),
    *mistake(RuntimeError, "eq ne lt le gt ge allclose .add_ .sub_ .mul_ .div_ .remainder_ .pow_ .copy_", X, LONG),
    *mistake(RuntimeError, ".floor_divide_ mm bmm mv dot matmul", X, LONG),
    *mistake(RuntimeError, "__and__ __or__ __xor__", FLAGS, mytorch.tensor([True] * 3)),
    *mistake(ValueError, "__rtruediv__", X, np.ones(5)),
    *mistake(RuntimeError, "where", X > 0, X, LONG),
    *mistake(RuntimeError, ".where", X, X, X),
    *mistake(RuntimeError, "reshape .view .sum_to_size .expand", X, 5),
    # kinds of numbers
    *mistake(RuntimeError, "neg __pos__ relu argmax argmin mean functional.relu ReLU .neg_ .relu_", FLAGS),
    *mistake(NotImplementedError, "abs", FLAGS),
    *mistake(NotImplementedError, "remainder floor_divide pow __rmod__ __rfloordiv__ __rpow__", FLAGS, True),
    *mistake(NotImplementedError, ".remainder_ .floor_divide_ .pow_", FLAGS, True),
    *mistake(NotImplementedError, "__and__ __or__ __xor__", X, X),
    *mistake(NotImplementedError, "dot matmul", FLAGS, FLAGS),
    *mistake(NotImplementedError, "mv", FLAGS.view(1, 2), FLAGS),
    *mistake(NotImplementedError, "mm", FLAGS.view(1, 2), FLAGS.view(2, 1)),
    *mistake(NotImplementedError, "bmm", FLAGS.view(1, 1, 2), FLAGS.view(1, 2, 1)),
    *mistake(TypeError, "__invert__", X),
    *mistake(RuntimeError, ".exp_ .sqrt_ .tanh_ .sigmoid_", WHOLE),
    *mistake(RuntimeError, "__rmod__ __rfloordiv__", ZERO, 1),
    *mistake(RuntimeError, "__rpow__", mytorch.tensor([-1]), 2),
    *mistake(RuntimeError, "__contains__", X, "text"),
    *mistake(ForeignOperandError, "matmul", X, 2),
    *mistake(TypeError, ".to", X, "cuda"),
    # leaves
    *mistake(RuntimeError, ".exp_ .neg_ .relu_ .sigmoid_ .sqrt_ .tanh_ .zero_ .numpy", LEAF),
    *mistake(RuntimeError, ".add_ .sub_ .mul_ .div_ .remainder_ .floor_divide_ .pow_ .copy_ .fill_", LEAF, 1.0),
    *mistake(RuntimeError, "__setitem__", LEAF, 0, 1.0),
    # dimensions, places and sizes
    *mistake(IndexError, "sum mean all any max min argmax argmin squeeze unsqueeze unbind flatten .size", X, 9),
    *mistake(IndexError, "transpose permute select split chunk", X, 1, 9),
    *mistake(IndexError, "narrow", X, 9, 0, 1),
    *mistake(IndexError, "cat stack", [X, X], 9),
    *mistake(RuntimeError, "sum mean all any squeeze", X, (0, 0)),
    *mistake(RuntimeError, "permute", X, 1, 1),
    *mistake(RuntimeError, "flatten", X, 1, 0),
    *mistake(RuntimeError, "narrow", X, 0, 1, 9),
    *mistake(RuntimeError, "t", mytorch.ones(2, 2, 2)),
    *mistake(RuntimeError, ".mT", mytorch.ones(2)),
    *mistake(RuntimeError, "split chunk", NUMBER, 1),
    *mistake(TypeError, "split", X, 1.5),
    *mistake(TypeError, "__iter__", NUMBER),
    *mistake(RuntimeError, "max min", NOTHING),
    *mistake(ValueError, "cat", []),
    *mistake(RuntimeError, "cat stack", [X, LONG]),
    *mistake(TypeError, "cat stack", [1]),
    *mistake(IndexError, "__getitem__", X, 9),
    *mistake(ValueError, "__getitem__", X, slice(None, None, -1)),
    *mistake(TypeError, "__getitem__", X, "text"),
    *mistake(IndexError, "__setitem__", X, 9, 1.0),
    *mistake(ValueError, "__setitem__", X, slice(None, None, -1), 1.0),
    *mistake(TypeError, "__setitem__", X, 0, "text"),
    *mistake(RuntimeError, "__setitem__", X, 0, LONG),
    # new tensors
    *mistake(RuntimeError, "zeros ones rand randn", -1),
    *mistake(RuntimeError, "full", (-1,), 1.0),
    *mistake(RuntimeError, "zeros_like ones_like", WHOLE, requires_grad=True),
    *mistake(NotImplementedError, "rand randn", 2, dtype=mytorch.int64),
    *mistake(RuntimeError, "leaf", np.zeros(2, np.int64), True),
    *mistake(RuntimeError, "tensor", {}),
    *mistake(ValueError, "tensor", [[1], [1, 2]]),
    *mistake(TypeError, "tensor", "text"),
    *mistake(TypeError, "from_numpy", [1]),
    *mistake(RuntimeError, "arange", 0, 1, 0),
    *mistake(TypeError, "arange", step=2),
    *mistake(NotImplementedError, "arange", 3, dtype=mytorch.bool),
    *mistake(ValueError, "manual_seed", "text"),
    *mistake(TypeError, "manual_seed", None),
    # tensors and their gradients
    *mistake(RuntimeError, ".item .retain_grad .backward backward", X),
    *mistake(RuntimeError, ".requires_grad_ Parameter", WHOLE),
    *mistake(TypeError, ".requires_grad_", X, 1),
    *mistake(RuntimeError, ".detach_", LEAF[0]),
    *mistake(RuntimeError, ".register_hook .register_post_accumulate_grad_hook", X, print),
    *mistake(TypeError, ".backward backward", LEAF * 2, 5),
    *mistake(NotImplementedError, "backward", LEAF.sum(), grad_variables=1),
    *mistake(RuntimeError, "grad", X, X),
    *mistake(TypeError, "grad", LEAF * 2, LEAF, 5),
    *mistake(ValueError, "grad", LEAF.sum(), LEAF, materialize_grads=True, allow_unused=False),
    *mistake(NotImplementedError, "grad", LEAF.sum(), LEAF, is_grads_batched=True),
    *mistake(GradcheckError, "gradcheck gradgradcheck", lambda x: x.detach() * x * x, DOUBLE),
    *mistake(ValueError, "gradcheck gradgradcheck", lambda x: x, X),
    *mistake(AttributeError, "gradcheck", lambda _: 1, DOUBLE),
    *mistake(NotImplementedError, "gradcheck", lambda x: x, DOUBLE, fast_mode=True),
    # layers
    *mistake(TypeError, "Linear", 3, 2, device="cpu"),
    *mistake(RuntimeError, "Linear", -1, 2),
    *mistake(NotImplementedError, "Linear", 3, 2, dtype=mytorch.int64),
    *mistake(RuntimeError, "functional.linear", NUMBER, X),
    *mistake(TypeError, "Sequential", 5),
    *mistake(IndexError, "Sequential"),
    *mistake(RuntimeError, "functional.mse_loss MSELoss", X, LONG),
    *mistake(ValueError, "functional.mse_loss MSELoss", X, X, reduction="most"),
    *mistake(NotImplementedError, "functional.mse_loss MSELoss", WHOLE, WHOLE),
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "error", "args", "named"), MISTAKES)
def test_a_mistake_meets_the_error_that_is_named(name, error, args, named):
    """It is raised, and the docstring names it."""
    with pytest.raises(error):
        CALLED.get(name, SURFACE[name])(*args, **named)
    assert error.__name__ in errors_of(SURFACE[name])


@pytest.mark.parametrize("name", SURFACE)
def test_each_error_that_is_named_is_met(name):
    """By one of the mistakes above, made with the function or with one that is the same under another name."""
    met = {error.__name__ for other, error, _, _ in MISTAKES if same(SURFACE[other], SURFACE[name])}
    assert errors_of(SURFACE[name]) == met


def same(one, other):
    """Whether one function goes by two names."""
    return inspect.unwrap(one) is inspect.unwrap(other)
