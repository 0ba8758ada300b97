"""Mistakes with modules and optimizers.

By name: what is raised, PyTorch's words for it, and how to make it with a module and a leaf of two.
"""


def _hasty(t, value):
    class Hasty(t.nn.Module):
        def __init__(self):
            self.part = value

    return Hasty


CASES = {
    "integer parameter": (
        RuntimeError,
        "Only Tensors of floating point and complex dtype can require gradients",
        lambda t, x: t.nn.Parameter(t.tensor([1, 2])),
    ),
    "learning rate": (ValueError, "Invalid learning rate: -1", lambda t, x: t.optim.SGD([x], lr=-1)),
    "momentum": (ValueError, "Invalid momentum value: -1", lambda t, x: t.optim.SGD([x], momentum=-1)),
    "weight decay": (ValueError, "Invalid weight_decay value: -1", lambda t, x: t.optim.SGD([x], weight_decay=-1)),
    "computed parameter": (ValueError, "can't optimize a non-leaf Tensor", lambda t, x: t.optim.SGD([x * 2])),
    "no parameters": (ValueError, "optimizer got an empty parameter list", lambda t, x: t.optim.SGD([])),
    "module": (
        NotImplementedError,
        'Module [Module] is missing the required "forward" function',
        lambda t, x: t.nn.Module()(x),
    ),
    "input of a layer": (
        RuntimeError,
        "mat1 and mat2 shapes cannot be multiplied (1x2 and 3x1)",
        lambda t, x: t.nn.Linear(3, 1)(x[None]),
    ),
    "text among parameters": (
        TypeError,
        "optimizer can only optimize Tensors, but one of the params is str",
        lambda t, x: t.optim.SGD(["a"]),
    ),
    "parameters in a tensor": (
        TypeError,
        "params argument given to the optimizer should be an iterable of Tensors or dicts, but got torch.FloatTensor",
        lambda t, x: t.optim.SGD(x),
    ),
    "parameter before the module": (
        AttributeError,
        "cannot assign parameters before Module.__init__() call",
        lambda t, x: _hasty(t, t.nn.Parameter(x))(),
    ),
    "module before the module": (
        AttributeError,
        "cannot assign module before Module.__init__() call",
        lambda t, x: _hasty(t, t.nn.Tanh())(),
    ),
    "tensor for a parameter": (
        TypeError,
        "cannot assign 'torch.FloatTensor' as parameter 'weight' (torch.nn.Parameter or None expected)",
        lambda t, x: setattr(t.nn.Linear(1, 1), "weight", x),
    ),
    "number for a module": (
        TypeError,
        "cannot assign 'int' as child module '0' (torch.nn.Module or None expected)",
        lambda t, x: setattr(t.nn.Sequential(t.nn.Tanh()), "0", 3),
    ),
    "number in a sequence": (TypeError, "int is not a Module subclass", lambda t, x: t.nn.Sequential(3)),
    "place in a sequence": (IndexError, "index 1 is out of range", lambda t, x: t.nn.Sequential(t.nn.Tanh())[1]),
    "number for a layer": (
        RuntimeError,
        "both arguments to linear need to be at least 1D, but they are 0D and 2D",
        lambda t, x: t.nn.Linear(1, 1)(x[0]),
    ),
    "nothing for a setting": (
        TypeError,
        "'<' not supported between instances of 'NoneType' and 'float'",
        lambda t, x: t.optim.SGD([x], lr=None),
    ),
    "unknown setting": (
        TypeError,
        "SGD.__init__() got an unexpected keyword argument 'speed'",
        lambda t, x: t.optim.SGD([x], speed=1),
    ),
    "negative size of a layer": (
        RuntimeError,
        "Trying to create tensor with negative dimension -1: [2, -1]",
        lambda t, x: t.nn.Linear(-1, 2),
    ),
}
