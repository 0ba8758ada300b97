"""What PyTorch has and students may look for, with what to use instead.

Source: torch/_torch_docs.py and torch/_tensor_docs.py (the names), version 2.13.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

ADVICE = {
    "softmax": "x.exp() / x.exp().sum(dim, keepdim=True)",
    "log_softmax": "x - x.exp().sum(dim, keepdim=True).log()",
    "logsumexp": "x.exp().sum(dim).log()",
    "clamp": "torch.minimum(torch.maximum(x, low), high), with tensors for the bounds",
    "norm": "(x * x).sum().sqrt()",
    "var": "((x - x.mean()) ** 2).sum() / (x.numel() - 1)",
    "std": "(((x - x.mean()) ** 2).sum() / (x.numel() - 1)).sqrt()",
    "prod": "x.log().sum().exp(), for positive elements",
    "einsum": "products of expanded tensors, summed, or matmul",
    "outer": "x[:, None] * y",
    "cumsum": "torch.stack of partial sums",
    "sort": "x[indices], with indices from numpy.argsort(x.detach().numpy())",
    "gather": "x[rows, columns], with lists of indices",
    "addmm": "bias + a @ b",
    "log1p": "(1 + x).log()",
    "rsqrt": "1 / x.sqrt()",
    "tan": "x.sin() / x.cos()",
    "eye": "torch.tensor of nested lists",
    "linspace": "torch.arange, scaled",
    "floor": "x // 1, which has no gradient",
    "ceil": "-(-x // 1), which has no gradient",
    "round": "(x + 0.5) // 1, which has no gradient",
    "trunc": "torch.where(x > 0, x // 1, -(-x // 1)), which has no gradient",
    "fmod": "x % y, which has the sign of y",
    "logical_and": "a & b, with comparisons such as x != 0",
    "logical_or": "a | b, with comparisons such as x != 0",
    "logical_xor": "a ^ b, with comparisons such as x != 0",
    "logical_not": "~a, with a comparison such as x != 0",
    "bitwise_and": "a & b",
    "bitwise_or": "a | b",
    "bitwise_xor": "a ^ b",
    "bitwise_not": "~a",
    "__lshift__": "x * 2 ** n",
    "__rshift__": "x // 2 ** n",
    "cross_entropy": "logits.exp().sum(1).log().mean() - logits[range, targets].mean(), with lists of indices",
    "as_strided": "slices, select, transpose and expand",
}


INSTEAD = {
    "once_differentiable": "the backward without it: without create_graph no backward is recorded",
    "function": "torch.autograd.Function; leave once_differentiable out: without create_graph no backward is recorded",
    "functional": "torch.autograd.grad, with create_graph=True for second derivatives",
    "forward_ad": "torch.autograd.grad",
    "inference_mode": "torch.no_grad()",
    "func": "torch.autograd.grad",
    "vmap": "a loop, and torch.stack",
    "profiler": "Python's own cProfile",
    "Variable": "torch.tensor(..., requires_grad=True)",
    "saved_tensors_hooks": "a torch.autograd.Function that keeps what you want kept",
    "register_multi_grad_hook": "tensor.register_hook on each tensor",
    "data_ptr": "numpy.shares_memory(x.detach().numpy(), y.detach().numpy())",
    "stride": "x.detach().numpy().strides, which count bytes",
    "is_contiguous": "x.detach().numpy().flags.c_contiguous",
    "type": "x.dtype, or x.to(dtype)",
    "is_floating_point": "x.dtype.is_floating_point",
    "nelement": "x.numel()",
    "view_as": "x.view(y.shape)",
    "reshape_as": "x.reshape(y.shape)",
    "expand_as": "x.expand(y.shape)",
    "repeat": "torch.cat([x, x])",
    "flip": "x[[2, 1, 0]], a list of places",
    "masked_fill": "torch.where(mask, value, x)",
    "index_select": "x[indices]",
    "amax": "x.max(dim).values",
    "amin": "x.min(dim).values",
    "sign": "(x > 0).float() - (x < 0).float()",
    "log2": "x.log() / math.log(2)",
    "log10": "x.log() / math.log(10)",
    "empty": "torch.zeros",
    "empty_like": "torch.zeros_like",
    "full_like": "torch.full(x.shape, value)",
    "randn_like": "torch.randn(x.shape)",
    "rand_like": "torch.rand(x.shape)",
    "as_tensor": "torch.tensor, which copies",
    "is_tensor": "isinstance(x, torch.Tensor)",
    "param_groups": "optimizer.lr, and one SGD for each group",
    **dict.fromkeys(("modules", "named_modules"), "module.children(), and those of each"),
    "requires_grad_": "parameter.requires_grad_(False) for each parameter",
    "state_dict": "dict(model.named_parameters())",
    "load_state_dict": "parameter.data.copy_(value) for each parameter",
    "Adam": "torch.optim.SGD, with momentum",
    "lr_scheduler": "optimizer.lr *= 0.9 in the loop",
    "Sigmoid": "a Module whose forward calls x.sigmoid()",
    "L1Loss": "(x - y).abs().mean()",
    "BCELoss": "-(y * x.log() + (1 - y) * (1 - x).log()).mean()",
    **dict.fromkeys(("device", "cpu", "cuda"), "the tensor as it is: all of them are on the CPU"),
    **dict.fromkeys(("float16", "bfloat16", "half"), "float32"),
    **dict.fromkeys(("int32", "int16", "int8", "uint8", "int", "short"), "int64"),
    **dict.fromkeys(("complex64", "complex128", "real", "imag", "conj"), "float64: there are no complex numbers"),
    **dict.fromkeys(("CrossEntropyLoss", "NLLLoss"), ADVICE["cross_entropy"]),
    **dict.fromkeys(("train", "eval", "training"), "the module as it is: none of its layers does something else"),
}


def missing(owner: str, name: str) -> AttributeError:
    """An error about a name that `owner` doesn't have, which says where to look. Source: none, as for `refusal`."""
    instead = INSTEAD.get(name) or ADVICE.get(name)
    if instead:
        return AttributeError(f"{owner} has no attribute '{name}', which is not supported here: use {instead}")
    return AttributeError(
        f"{owner} has no attribute '{name}'. If PyTorch has it, it is not supported here: build it from the operations "
        "that are listed in mytorch/methods.py"
    )


def missing_from(module: str) -> Callable[[str], NoReturn]:
    """The `__getattr__` of a module, which Python asks for names that the module doesn't have.

    It raises AttributeError, which says what to do instead. Source: none, as for `missing`.
    """

    def refuse(name: str) -> NoReturn:
        raise missing(f"module '{module}'", name)

    return refuse


def refusal(name: str) -> Callable[..., NoReturn]:
    """A function that stands where PyTorch has `name`.

    Raises: NotImplementedError with what to use instead, when it is called.
    Source: none, since PyTorch supports what is refused here.
    """

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError(f"{name} is not supported here: use {ADVICE[name]}")

    refuse.__doc__ = f"Not supported: use `{ADVICE[name]}`."
    return refuse


REFUSED = {name: refusal(name) for name in ADVICE}
