"""Mistakes with users' own functions, hooks and checks of gradients.

By name: what is raised, PyTorch's words for it, and how to make it with a module and a leaf of two.
"""


def _returns_a_number(t, x):
    class Number(t.autograd.Function):
        forward = staticmethod(lambda ctx, value: value * 2)
        backward = staticmethod(lambda ctx, gradient: 1.0)

    Number.apply(x).sum().backward()


def _changing(t, result):
    class Changing(t.autograd.Function):
        @staticmethod
        def forward(ctx, value):
            ctx.mark_dirty(value.add_(1))
            return result(value)

    return Changing


def _with_context(t, act):
    class Acting(t.autograd.Function):
        @staticmethod
        def forward(ctx, value):
            act(ctx)
            return value * 2

    return Acting


def _with_two_formulas(t):
    class Two(t.autograd.Function):
        forward = staticmethod(lambda ctx, value: value * 2)
        backward = vjp = staticmethod(lambda ctx, gradient: gradient * 2)

    return Two


def _with_an_inherited_formula(t):
    class One(t.autograd.Function):
        forward = staticmethod(lambda ctx, value: value * 2)
        vjp = staticmethod(lambda ctx, gradient: gradient * 2)

    class Another(One):
        backward = staticmethod(lambda ctx, gradient: gradient * 3)

    return Another


def _called_node(t, x):
    _with_context(t, lambda ctx: None).apply(x).grad_fn(x)


CASES = {
    "changed number": (
        RuntimeError,
        "mark_dirty can only accept variables, but argument ",
        lambda t, x: _with_context(t, lambda ctx: ctx.mark_dirty(3)).apply(x),
    ),
    "number without gradient": (
        RuntimeError,
        "mark_non_differentiable only accepts variable arguments, but got ",
        lambda t, x: _with_context(t, lambda ctx: ctx.mark_non_differentiable(3)).apply(x),
    ),
    "two formulas": (
        RuntimeError,
        "Implementing both 'backward' and 'vjp' for a custom Function is not allowed. You should only implement one",
        lambda t, x: _with_two_formulas(t).apply(x).sum().backward(),
    ),
    "two formulas, one inherited": (
        RuntimeError,
        "Implementing both 'backward' and 'vjp' for a custom Function is not allowed. You should only implement one",
        lambda t, x: _with_an_inherited_formula(t).apply(x).sum().backward(),
    ),
    "checked number": (
        AttributeError,
        "'float' object has no attribute 'requires_grad'",
        lambda t, x: t.autograd.gradcheck(lambda y: 1.0, x.detach().double().requires_grad_()),
    ),
    "checked nothing": (
        AttributeError,
        "'NoneType' object has no attribute 'requires_grad'",
        lambda t, x: t.autograd.gradcheck(lambda y: None, x.detach().double().requires_grad_()),
    ),
    "checked at a number": (
        ValueError,
        "gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True.",
        lambda t, x: t.autograd.gradcheck(lambda y: y * 2, 3.0),
    ),
    "varying constant": (
        RuntimeError,
        "Numerical gradient for function expected to be zero",
        lambda t, x: t.autograd.gradcheck(lambda y: y.detach(), x.detach().double().requires_grad_()),
    ),
    "result of a function": (RuntimeError, "expected Variable or None (got float)", _returns_a_number),
    "hook's dtype": (
        RuntimeError,
        "has changed the type of value (was torch.FloatTensor got torch.DoubleTensor)",
        lambda t, x: (x.register_hook(lambda g: g.double()), x.sum().backward()),
    ),
    "tensor from a hook of a leaf": (
        RuntimeError,
        "Tensor post accumulate grad hooks should return None.",
        lambda t, x: (x.register_post_accumulate_grad_hook(lambda p: p.grad), x.sum().backward()),
    ),
    "number from a hook of a leaf": (
        TypeError,
        "expected Variable, but hook returned 'int'",
        lambda t, x: (x.register_post_accumulate_grad_hook(lambda p: 3), x.sum().backward()),
    ),
    "array from a hook": (
        TypeError,
        "expected Variable, but hook returned 'numpy.ndarray'",
        lambda t, x: (x.register_hook(lambda g: g.numpy()), x.sum().backward()),
    ),
    "changed leaf": (
        RuntimeError,
        "a leaf Variable that requires grad has been used in an in-place operation.",
        lambda t, x: _changing(t, lambda value: value).apply(x),
    ),
    "changed and not returned": (
        RuntimeError,
        "Some elements marked as dirty during the forward method were not returned as output.",
        lambda t, x: _changing(t, lambda value: value * 2).apply(x * 1),
    ),
    "node called": (TypeError, "'ActingBackward' object is not callable", _called_node),
    "function itself": (
        NotImplementedError,
        "You must implement the forward function for custom autograd.Function.",
        lambda t, x: t.autograd.Function.apply(x),
    ),
}
