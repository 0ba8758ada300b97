"""Mistakes by name: what is raised, PyTorch's words for it, and how to make it with a module and a leaf of two."""

import copy

from tests.reference.conftest import leaf


def _multiply_by_none(t, x):
    x = x * 1
    x *= None


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


def _hasty(t, value):
    class Hasty(t.nn.Module):
        def __init__(self):
            self.part = value

    return Hasty


def _with_two_formulas(t):
    class Two(t.autograd.Function):
        forward = staticmethod(lambda ctx, value: value * 2)
        backward = vjp = staticmethod(lambda ctx, gradient: gradient * 2)

    return Two


def _changed_sum(t, x):
    y = x[None].sum(0)
    z = y * y
    t.no_grad()(y.add_)(1)
    z.sum().backward()


CASES = {
    "kind of index": (
        IndexError,
        "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got float)",
        lambda t, x: x[1.5],
    ),
    "freed slices": (RuntimeError, "Trying to backward through the graph a second time", lambda t, x: _twice(x * 2)),
    "non-scalar": (RuntimeError, "grad can be implicitly created only for scalar outputs", lambda t, x: x.backward()),
    "no elements": (
        RuntimeError,
        "grad can be implicitly created only for scalar outputs",
        lambda t, x: t.zeros(0, requires_grad=True).backward(),
    ),
    "no graph": (
        RuntimeError,
        "element 0 of tensors does not require grad and does not have a grad_fn",
        lambda t, x: t.tensor(1.0).backward(),
    ),
    "shape": (
        RuntimeError,
        (
            "Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a shape of "
            "torch.Size([2])."
        ),
        lambda t, x: x.backward(t.ones(3)),
    ),
    "number for gradient": (TypeError, "'float' object is not iterable", lambda t, x: x.backward(3.0)),
    "number in list": (
        TypeError,
        "gradients can be either Tensors or None, but got float",
        lambda t, x: x.sum().backward([1.0]),
    ),
    "list lengths": (
        RuntimeError,
        "got 2 tensors and 1 gradients",
        lambda t, x: t.autograd.backward([x.sum(), x.sum()], [t.tensor(1.0)]),
    ),
    "integer leaf": (
        RuntimeError,
        "Only Tensors of floating point and complex dtype can require gradients",
        lambda t, x: t.tensor([1, 2], requires_grad=True),
    ),
    "integer flag": (
        RuntimeError,
        "only Tensors of floating point dtype can require gradients",
        lambda t, x: t.tensor([1, 2]).requires_grad_(),
    ),
    "integer flag assigned": (
        RuntimeError,
        "only Tensors of floating point and complex dtype can require gradients",
        lambda t, x: setattr(t.tensor([1, 2]), "requires_grad", True),
    ),
    "flag of a computed tensor": (
        RuntimeError,
        "you can only change requires_grad flags of leaf variables.",
        lambda t, x: setattr(x * 2, "requires_grad", True),
    ),
    "flag off, assigned": (
        RuntimeError,
        "If you want to use a computed variable in a subgraph that doesn't require differentiation",
        lambda t, x: setattr(x * 2, "requires_grad", False),
    ),
    "number for a flag": (
        TypeError,
        "requires_grad_(): argument 'requires_grad' (position 1) must be bool, not int",
        lambda t, x: x.requires_grad_(1),
    ),
    "integer parameter": (
        RuntimeError,
        "Only Tensors of floating point and complex dtype can require gradients",
        lambda t, x: t.nn.Parameter(t.tensor([1, 2])),
    ),
    "copied in depth": (
        RuntimeError,
        "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.",
        lambda t, x: copy.deepcopy(x * 2),
    ),
    "flag off": (
        RuntimeError,
        (
            "you can only change requires_grad flags of leaf variables. If you want to use a computed variable "
            "in a subgraph "
            "that doesn't require differentiation use var_no_grad = var.detach()."
        ),
        lambda t, x: (x * 2).requires_grad_(False),
    ),
    "grad size": (
        RuntimeError,
        (
            "attempting to assign a gradient of size '[3]' to a tensor of size '[2]'. Please ensure that the "
            "gradient and the "
            "tensor are the same size"
        ),
        lambda t, x: setattr(x, "grad", t.ones(3)),
    ),
    "grad type": (
        TypeError,
        "assigned grad expected to be a Tensor or None but got grad of type float",
        lambda t, x: setattr(x, "grad", 3.0),
    ),
    "own grad": (RuntimeError, "can't assign Variable as its own grad", lambda t, x: setattr(x, "grad", x)),
    "grad dtype": (
        RuntimeError,
        (
            "attempting to assign a gradient with dtype 'double' to a tensor with grad_dtype 'Float'. The gradient "
            "must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype "
            "attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. Diverging the "
            "dtypes of a tensor and its gradient may break downstream systems that assume they match."
        ),
        lambda t, x: setattr(x, "grad", t.ones(2, dtype=t.float64)),
    ),
    "numpy": (
        RuntimeError,
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        lambda t, x: x.numpy(),
    ),
    "item": (RuntimeError, "a Tensor with 2 elements cannot be converted to Scalar", lambda t, x: x.item()),
    "bool": (RuntimeError, "Boolean value of Tensor with more than one value is ambiguous", lambda t, x: bool(x)),
    "len": (TypeError, "len() of a 0-d tensor", lambda t, x: len(t.tensor(1.0))),
    "index": (
        TypeError,
        "only integer tensors of a single element can be converted to an index",
        lambda t, x: [1, 2][x],
    ),
    "unused": (
        RuntimeError,
        (
            "The differentiated Tensor at index 0 appears to not have been used in the graph. Set "
            "allow_unused=True if this "
            "is the desired behavior."
        ),
        lambda t, x: t.autograd.grad(x.sum(), leaf(t)),
    ),
    "input without flag": (
        RuntimeError,
        "One of the differentiated Tensors does not require grad",
        lambda t, x: t.autograd.grad(x.sum(), t.tensor(1.0)),
    ),
    "no inputs": (RuntimeError, "`inputs` argument to `grad()` cannot be empty.", lambda t, x: t.autograd.grad(x, [])),
    "no inputs of backward": (
        RuntimeError,
        "`inputs` argument to `backward()` cannot be empty.",
        lambda t, x: x.sum().backward(inputs=[]),
    ),
    "contradiction": (
        ValueError,
        "Expected allow_unused to be True or not passed when materialize_grads=True, but got: allow_unused=False.",
        lambda t, x: t.autograd.grad(x.sum(), x, allow_unused=False, materialize_grads=True),
    ),
    "leaf in place": (
        RuntimeError,
        "a leaf Variable that requires grad is being used in an in-place operation.",
        lambda t, x: x.add_(1),
    ),
    "view in place": (
        RuntimeError,
        "a view of a leaf Variable that requires grad is being used in an in-place operation.",
        lambda t, x: x.__setitem__(0, 1.0),
    ),
    "one of several views": (
        RuntimeError,
        "Output 1 of Unbind is a view and is being modified inplace.",
        lambda t, x: (x * 1).unbind()[1].add_(1),
    ),
    "in place growing": (
        RuntimeError,
        "output with shape [2] doesn't match the broadcast shape [2, 2]",
        lambda t, x: (x * 1).add_(t.ones(2, 2)),
    ),
    "fill": (
        RuntimeError,
        "fill_ only supports 0-dimension value tensor but got tensor with 1 dimensions.",
        lambda t, x: (x * 1).fill_(t.ones(2)),
    ),
    "broadcast": (
        RuntimeError,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        lambda t, x: x + t.ones(3),
    ),
    "mm": (
        RuntimeError,
        "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)",
        lambda t, x: t.zeros(2, 3) @ t.zeros(2, 3),
    ),
    "not a matrix": (RuntimeError, "self must be a matrix", lambda t, x: x.mm(x)),
    "mv": (
        RuntimeError,
        "size mismatch, got input (2), mat (2x3), vec (2)",
        lambda t, x: t.zeros(2, 3) @ x,
    ),
    "mv of a vector": (RuntimeError, "vector + matrix @ vector expected, got 1, 1, 1", lambda t, x: x.mv(x)),
    "dot": (
        RuntimeError,
        (
            "inconsistent tensor size, expected tensor [2] and src [3] to have the same number of elements, but "
            "got 2 and 3 "
            "elements respectively"
        ),
        lambda t, x: x @ t.zeros(3),
    ),
    "matmul of a number": (
        RuntimeError,
        "both arguments to matmul need to be at least 1D, but they are 1D and 0D",
        lambda t, x: x @ t.tensor(1.0),
    ),
    "place": (IndexError, "index 5 is out of bounds for dimension 0 with size 2", lambda t, x: x[5]),
    "too many": (IndexError, "too many indices for tensor of dimension 1", lambda t, x: x[0, 0]),
    "step": (ValueError, "step must be greater than zero", lambda t, x: x[::-1]),
    "key": (IndexError, "only integers, slices", lambda t, x: x[1.5]),
    "float list": (IndexError, "tensors used as indices must be long, int, byte or bool", lambda t, x: x[t.ones(1)]),
    "dimension": (
        IndexError,
        "Dimension out of range (expected to be in range of [-1, 0], but got 3)",
        lambda t, x: x.sum(3),
    ),
    "reshape": (RuntimeError, "shape '[3]' is invalid for input of size 2", lambda t, x: x.reshape(3)),
    "view": (
        RuntimeError,
        (
            "view size is not compatible with input tensor's size and stride (at least one dimension spans across two "
            "contiguous subspaces). Use .reshape(...) instead."
        ),
        lambda t, x: t.zeros(2, 3).t().view(6),
    ),
    "expand": (
        RuntimeError,
        (
            "The expanded size of the tensor (3) must match the existing size (2) at non-singleton dimension 1.  "
            "Target "
            "sizes: [3, 3].  Tensor sizes: [2]"
        ),
        lambda t, x: x.expand(3, 3),
    ),
    "expand to fewer": (
        RuntimeError,
        (
            "expand(torch.FloatTensor{[3, 2]}, size=[2]): the number of sizes provided (1) must be greater or "
            "equal to the "
            "number of dimensions in the tensor (2)"
        ),
        lambda t, x: t.zeros(3, 2).expand(2),
    ),
    "t": (
        RuntimeError,
        "t() expects a tensor with <= 2 dimensions, but self is 3D",
        lambda t, x: t.zeros(2, 2, 2).t(),
    ),
    "narrow": (RuntimeError, "start (1) + length (5) exceeds dimension size (2).", lambda t, x: x.narrow(0, 1, 5)),
    "cat nothing": (ValueError, "torch.cat(): expected a non-empty list of Tensors", lambda t, x: t.cat([])),
    "cat dimensions": (
        RuntimeError,
        "Tensors must have same number of dimensions: got 1 and 2",
        lambda t, x: t.cat([x, t.zeros(2, 2)]),
    ),
    "cat sizes": (
        RuntimeError,
        (
            "Sizes of tensors must match except in dimension 0. Expected size 2 but got size 3 for tensor number "
            "1 in the "
            "list."
        ),
        lambda t, x: t.cat([t.zeros(2, 2), t.zeros(2, 3)]),
    ),
    "stack": (
        RuntimeError,
        "stack expects each tensor to be equal size, but got [2] at entry 0 and [3] at entry 1",
        lambda t, x: t.stack([x, t.zeros(3)]),
    ),
    "stack nothing": (RuntimeError, "stack expects a non-empty TensorList", lambda t, x: t.stack([])),
    "split": (
        RuntimeError,
        "split_size can only be 0 if dimension size is 0, but got dimension size of 2",
        lambda t, x: x.split(0),
    ),
    "split below zero": (
        RuntimeError,
        "split expects split_size be non-negative, but got split_size=-1",
        lambda t, x: x.split(-1),
    ),
    "split sizes": (
        RuntimeError,
        (
            "split_with_sizes expects split_sizes to sum exactly to 2 (input tensor's size at dimension 0), but got "
            "split_sizes=[1, 2]"
        ),
        lambda t, x: x.split([1, 2]),
    ),
    "chunk": (RuntimeError, "chunk expects `chunks` to be greater than 0, got: 0", lambda t, x: x.chunk(0)),
    "unbind": (
        IndexError,
        "Dimension specified as 0 but tensor has no dimensions",
        lambda t, x: t.tensor(1.0).unbind(),
    ),
    "iterate": (TypeError, "iteration over a 0-d tensor", lambda t, x: iter(t.tensor(1.0))),
    "mean of integers": (
        RuntimeError,
        "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long",
        lambda t, x: t.tensor([1, 2]).mean(),
    ),
    "where": (
        RuntimeError,
        "where expected condition to be a boolean tensor, but got a tensor with dtype Float",
        lambda t, x: t.where(x, x, x),
    ),
    "ragged": (ValueError, "expected sequence of length 1 at dim 1 (got 2)", lambda t, x: t.tensor([[1], [1, 2]])),
    "root": (AssertionError, "Expected output to be a torch.Tensor", lambda t, x: t.autograd.backward([3.0])),
    "input": (
        RuntimeError,
        "all inputs have to be Tensors or GradientEdges, but got int",
        lambda t, x: t.autograd.grad(x.sum(), [3]),
    ),
    "whole numbers as data": (
        RuntimeError,
        "data set to a tensor that requires gradients must be floating point or complex dtype",
        lambda t, x: setattr(x, "data", t.tensor([1, 2])),
    ),
    "format": (TypeError, "unsupported format string passed to Tensor.__format__", lambda t, x: f"{x:.2f}"),
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
    "text": (TypeError, "new(): invalid data type 'str'", lambda t, x: t.tensor("a")),
    "text in a list": (ValueError, "too many dimensions 'str'", lambda t, x: t.tensor(["a"])),
    "text beside a number": (TypeError, "new(): invalid data type 'str'", lambda t, x: t.tensor([1, "a"])),
    "nothing": (RuntimeError, "Could not infer dtype of NoneType", lambda t, x: t.tensor([1.0, None])),
    "nothing for a number": (
        TypeError,
        "must be real number, not NoneType",
        lambda t, x: t.tensor(None, dtype=t.float32),
    ),
    "number beside a list": (TypeError, "not a sequence", lambda t, x: t.tensor([[1], 2])),
    "too large": (ValueError, "Overflow when unpacking long long", lambda t, x: t.tensor(2**63)),
    "tensors for numbers": (
        ValueError,
        "only one element tensors can be converted to Python scalars",
        lambda t, x: t.tensor([x, x]),
    ),
    "gradient edge": (
        RuntimeError,
        "It is not possible to get the gradient edge for a Tensor that does not require gradients",
        lambda t, x: t.autograd.graph.get_gradient_edge(t.tensor(1.0)),
    ),
    "learning rate": (ValueError, "Invalid learning rate: -1", lambda t, x: t.optim.SGD([x], lr=-1)),
    "momentum": (ValueError, "Invalid momentum value: -1", lambda t, x: t.optim.SGD([x], momentum=-1)),
    "weight decay": (ValueError, "Invalid weight_decay value: -1", lambda t, x: t.optim.SGD([x], weight_decay=-1)),
    "computed parameter": (ValueError, "can't optimize a non-leaf Tensor", lambda t, x: t.optim.SGD([x * 2])),
    "two numbers for one": (
        ValueError,
        "only one element tensors can be converted to Python scalars",
        lambda t, x: float(x),
    ),
    "no parameters": (ValueError, "optimizer got an empty parameter list", lambda t, x: t.optim.SGD([])),
    "module": (
        NotImplementedError,
        'Module [Module] is missing the required "forward" function',
        lambda t, x: t.nn.Module()(x),
    ),
    "operand": (TypeError, "unsupported operand type(s) for +: 'Tensor' and 'str'", lambda t, x: x + "a"),
    "operand in place": (TypeError, "unsupported operand type(s) for *=: 'Tensor' and 'NoneType'", _multiply_by_none),
    "operand of a product": (TypeError, "unsupported operand type(s) for @: 'Tensor' and 'int'", lambda t, x: x @ 2),
    "compared with text": (
        TypeError,
        "'<' not supported between instances of 'Tensor' and 'str'",
        lambda t, x: x < "a",
    ),
    "vectors only": (RuntimeError, "1D tensors expected, but got 1D and 2D tensors", lambda t, x: x.dot(t.ones(2, 2))),
    "batches only": (RuntimeError, "batch1 must be a 3D tensor", lambda t, x: t.bmm(x, x)),
    "sizes of batches": (
        RuntimeError,
        "Expected size for first two dimensions of batch2 tensor to be: [1, 3] but got: [1, 2].",
        lambda t, x: t.bmm(t.ones(1, 2, 3), t.ones(1, 2, 3)),
    ),
    "batches of different sizes": (
        RuntimeError,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        lambda t, x: t.ones(2, 2, 2) @ t.ones(3, 2, 2),
    ),
    "input of a layer": (
        RuntimeError,
        "mat1 and mat2 shapes cannot be multiplied (1x2 and 3x1)",
        lambda t, x: t.nn.Linear(3, 1)(x[None]),
    ),
    "condition's shape": (
        RuntimeError,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        lambda t, x: t.where(x > 0, t.ones(3), t.ones(3)),
    ),
    "two sizes to find": (RuntimeError, "only one dimension can be inferred", lambda t, x: x.reshape(-1, -1)),
    "order of dimensions": (
        RuntimeError,
        "input.dim() = 1 is not equal to len(dims) = 2",
        lambda t, x: x.permute(0, 0),
    ),
    "dimension in order twice": (
        RuntimeError,
        "permute(): duplicate dims are not allowed.",
        lambda t, x: x[None].permute(0, 0),
    ),
    "dimension summed twice": (
        RuntimeError,
        "dim 0 appears multiple times in the list of dims",
        lambda t, x: x.sum((0, 0)),
    ),
    "largest of nothing": (
        RuntimeError,
        "max(): Expected reduction dim to be specified for input.numel() == 0.",
        lambda t, x: t.zeros(0).max(),
    ),
    "cat of a tensor": (
        TypeError,
        "cat(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor",
        lambda t, x: t.cat(x),
    ),
    "stack of numbers": (
        TypeError,
        "expected Tensor as element 1 in argument 0, but got float",
        lambda t, x: t.stack([x, 1.0]),
    ),
    "cat without dimensions": (
        RuntimeError,
        "zero-dimensional tensor (at position 0) cannot be concatenated",
        lambda t, x: t.cat([t.tensor(1.0), t.tensor(2.0)]),
    ),
    "flag": (RuntimeError, "requires_grad must be a bool", lambda t, x: setattr(x, "requires_grad", 1)),
    "data": (TypeError, "Variable data has to be a tensor, but got int", lambda t, x: setattr(x, "data", 3)),
    "fractions in integers": (
        RuntimeError,
        "result type Float can't be cast to the desired output type Long",
        lambda t, x: t.tensor([1, 2]).add_(0.5),
    ),
    "text assigned": (
        TypeError,
        "can't assign a str to a torch.FloatTensor",
        lambda t, x: t.zeros(2).__setitem__(0, "a"),
    ),
    "step of nothing": (RuntimeError, "step must be nonzero", lambda t, x: t.arange(0, 3, 0)),
    "step away": (
        RuntimeError,
        "upper bound and lower bound inconsistent with step sign",
        lambda t, x: t.arange(0, 3, -1),
    ),
    "list beside a number": (TypeError, "must be real number, not list", lambda t, x: t.tensor([1.0, [2.0]])),
    "size of text": (TypeError, "argument 'size'", lambda t, x: t.zeros("a")),
    "negative size": (RuntimeError, "Dimension size must be non-negative", lambda t, x: t.zeros(-1)),
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
    "zeros for an edge": (
        RuntimeError,
        "materialize_grads cannot be used when the given input is a GradientEdge",
        lambda t, x: t.autograd.grad(
            x.sum(), t.autograd.graph.get_gradient_edge(leaf(t)), materialize_grads=True, allow_unused=True
        ),
    ),
    "view made without grad": (
        RuntimeError,
        "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this",
        lambda t, x: t.no_grad()(lambda: x[0:1])().add_(1),
    ),
    "one of several made without grad": (
        RuntimeError,
        "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this",
        lambda t, x: t.no_grad()(lambda: x.unbind()[0])().add_(1),
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
    "deleted element": (TypeError, "Tensor does not support deleting items", lambda t, x: x.__delitem__(0)),
    "array assigned": (
        TypeError,
        "can't assign a numpy.ndarray to a torch.FloatTensor",
        lambda t, x: t.zeros(2).__setitem__(0, x.detach().numpy()),
    ),
    "changed result of a numbered node": (RuntimeError, ", which is output 0 of Sum1, is at version 1;", _changed_sum),
    "unknown setting": (
        TypeError,
        "SGD.__init__() got an unexpected keyword argument 'speed'",
        lambda t, x: t.optim.SGD([x], speed=1),
    ),
    "number for a mode": (
        TypeError,
        "set_grad_enabled(): argument 'enabled' (position 1) must be bool, not int",
        lambda t, x: t.set_grad_enabled(0),
    ),
    "number for a tensor": (
        TypeError,
        "exp(): argument 'input' (position 1) must be Tensor, not float",
        lambda t, x: t.exp(1.0),
    ),
    "number for the other tensor": (
        TypeError,
        "maximum(): argument 'other' (position 1) must be Tensor, not float",
        lambda t, x: x.maximum(1.0),
    ),
    "list for an operand": (
        TypeError,
        "mul(): argument 'other' (position 1) must be Tensor, not list",
        lambda t, x: x.mul([1, 2]),
    ),
    "nothing for an operand": (
        TypeError,
        "add(): argument 'other' (position 2) must be Tensor, not NoneType",
        lambda t, x: t.add(x, None),
    ),
    "text for a number": (
        TypeError,
        "add(): argument 'alpha' must be Number, not str",
        lambda t, x: x.add(x, alpha="a"),
    ),
    "fraction for a count": (
        TypeError,
        "chunk(): argument 'chunks' (position 1) must be int, not float",
        lambda t, x: x.chunk(1.5),
    ),
    "truth value for a dimension": (
        TypeError,
        "unsqueeze(): argument 'dim' (position 1) must be int, not bool",
        lambda t, x: x.unsqueeze(True),
    ),
    "number for a truth value": (
        TypeError,
        "sum(): argument 'keepdim' must be bool, not int",
        lambda t, x: x.sum(dim=0, keepdim=1),
    ),
    "text for a dtype": (
        TypeError,
        "zeros(): argument 'dtype' must be torch.dtype, not str",
        lambda t, x: t.zeros(2, dtype="float32"),
    ),
    "number for a new tensor's flag": (
        TypeError,
        "tensor(): argument 'requires_grad' must be bool, not int",
        lambda t, x: t.tensor(1.0, requires_grad=1),
    ),
    "missing argument": (
        TypeError,
        'mul() missing 1 required positional arguments: "other"',
        lambda t, x: x.mul(),
    ),
    "missing arguments": (
        TypeError,
        'transpose() missing 2 required positional argument: "dim0", "dim1"',
        lambda t, x: x.transpose(),
    ),
    "missing size": (TypeError, 'zeros() missing 1 required positional arguments: "size"', lambda t, x: t.zeros()),
    "surplus argument": (
        TypeError,
        "clone() takes 0 positional arguments but 1 was given",
        lambda t, x: x.clone(1),
    ),
    "surplus arguments": (
        TypeError,
        "mm() takes 1 positional argument but 2 were given",
        lambda t, x: x[None].mm(x[:, None], x),
    ),
    "fraction for a size": (
        TypeError,
        "zeros(): argument 'size' (position 1) must be tuple of ints, not float",
        lambda t, x: t.zeros(2.5),
    ),
    "fraction among sizes": (
        TypeError,
        "view(): argument 'size' failed to unpack the object at pos 2 with error \"type must be tuple of ints,but got",
        lambda t, x: x.view(2, 0.5),
    ),
    "negative size of ones": (
        RuntimeError,
        "Trying to create tensor with negative dimension -1: [2, -1]",
        lambda t, x: t.ones(2, -1),
    ),
    "whole random numbers": (
        NotImplementedError,
        "\"normal_kernel_cpu\" not implemented for 'Long'",
        lambda t, x: t.randn(2, dtype=t.int64),
    ),
    "endless range": (RuntimeError, "unsupported range: 0 -> inf", lambda t, x: t.arange(float("inf"))),
    "list for an array": (TypeError, "expected np.ndarray (got list)", lambda t, x: t.from_numpy([1.0])),
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
}


def _twice(y):
    y[0] = 1.0
    y.sum().backward()
    y.sum().backward()
