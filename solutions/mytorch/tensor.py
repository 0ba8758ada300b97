"""Tensors: a numpy array, and the place that its value has in the graph.

The operations are attached in `methods.py`.
Source: torch/csrc/autograd/variable.h and torch/_tensor.py, version 2.13.
"""

from __future__ import annotations

import copy
import warnings
import weakref
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from .accumulate_grad import AccumulateGrad, grad_accumulator
from .dtypes import dtype, dtype_of, type_name
from .hooks import Hook, RemovableHandle, adopt_leaf_hooks, hooks_of, retainer
from .layout import copied
from .node import Node
from .printing import tensor_text
from .size import Size
from .unsupported import missing
from .warn_once import warn_once

Array = NDArray[Any]

LEAVES_ONLY = "you can only change requires_grad flags of leaf variables."
DETACH_INSTEAD = (
    "If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = "
    "var.detach()."
)
NOT_POPULATED = (
    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute won't be "
    "populated during autograd.backward(). If you indeed want the .grad field to be populated for a non-leaf Tensor, "
    "use .retain_grad() on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure you access the "
    "leaf Tensor instead. See github.com/pytorch/pytorch/pull/30531 for more information."
)
VIEW_DETACHED = (
    "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel (DDP) for training, "
    "and gradient_as_bucket_view is set as True, gradients are views of DDP buckets, and hence detach_() cannot be "
    "called on these gradients. To fix this error, please refer to the Optimizer.zero_grad() function in "
    "torch/optim/optimizer.py as the solution."
)


class Tensor:
    """An array of numbers that remembers how it was computed.

    `array` holds the numbers: a numpy array, or a numpy scalar for a result without dimensions, which is several
    times faster; `memory()` turns it into a real array before anybody shares or changes it.

    Source: `struct AutogradMeta`, torch/csrc/autograd/variable.h, version 2.13.
    """

    __slots__ = (
        "__dict__", "__weakref__", "_grad", "_requires_grad", "_version_counter", "array", "grad_fn", "output_nr",
    )  # fmt: skip

    array: Any
    grad_fn: Node | None
    output_nr: int
    _version_counter: list[int] | None

    __array_priority__ = 1000  # numpy's numbers leave operators to tensors

    # What few tensors have, looked up on the class by all others.
    _accumulator: weakref.ref[AccumulateGrad] | None = None
    _leaf_hooks: dict[int, Hook] | None = None
    _post_accumulate_hooks: dict[int, Hook] | None = None
    _retains: bool = False

    def __init__(self, array: Any) -> None:
        self.array = array
        self.grad_fn = None
        self.output_nr = 0
        self._requires_grad = False
        self._grad: Tensor | None = None
        self._version_counter = None

    # -- flags ---------------------------------------------------------------------------------------------------

    @property
    def requires_grad(self) -> bool:
        """Whether a gradient is wanted for this tensor; can be switched on leaves only."""
        return self._requires_grad

    @requires_grad.setter
    def requires_grad(self, wanted: bool) -> None:
        if not isinstance(wanted, bool):
            raise RuntimeError("requires_grad must be a bool")  # noqa: TRY004  # as PyTorch
        if self.grad_fn is not None:
            raise RuntimeError(LEAVES_ONLY if wanted else f"{LEAVES_ONLY} {DETACH_INSTEAD}")
        if wanted and not self.dtype.is_floating_point:
            raise RuntimeError("only Tensors of floating point and complex dtype can require gradients")
        self._requires_grad = wanted

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        """This tensor itself, with its flag switched; one that was computed may be asked for the flag that it has.

        Raises: RuntimeError for a computed tensor that shall not require grad, or whole numbers that shall; TypeError
        for anything but a truth value.
        """
        if not isinstance(requires_grad, bool):
            raise TypeError(
                f"requires_grad_(): argument 'requires_grad' (position 1) must be bool, not {type_name(requires_grad)}"
            )
        if self.grad_fn is not None and not requires_grad:
            raise RuntimeError(f"{LEAVES_ONLY} {DETACH_INSTEAD}")
        if requires_grad and not self.dtype.is_floating_point:
            raise RuntimeError("only Tensors of floating point dtype can require gradients")
        self._requires_grad = requires_grad
        return self

    @property
    def is_leaf(self) -> bool:
        """True when no recorded operation made this tensor."""
        return self.grad_fn is None

    @property
    def _base(self) -> Tensor | None:
        """The tensor whose memory this one shows, None for all but views."""
        return None

    @property
    def retains_grad(self) -> bool:
        """True for a computed tensor whose gradient is kept by `retain_grad`."""
        return self._retains

    @property
    def _version(self) -> int:
        """How often the memory of this tensor was changed in place."""
        return 0 if self._version_counter is None else self._version_counter[0]

    def version_counter(self) -> list[int]:
        """The counter of in-place changes, shared by all tensors with the same memory."""
        if self._version_counter is None:
            self._version_counter = [0]
        return self._version_counter

    _grad_accumulator = grad_accumulator  # the accumulator of this leaf

    # -- gradient ------------------------------------------------------------------------------------------------

    @property
    def grad(self) -> Tensor | None:
        """The gradient accumulated so far, in the shape of this tensor; None before the first one."""
        if self._grad is None and self.grad_fn is not None and not self._retains:
            warnings.warn(NOT_POPULATED, UserWarning, stacklevel=2)
        return self._grad

    @grad.setter
    def grad(self, gradient: Tensor | None) -> None:
        if gradient is self:
            raise RuntimeError("can't assign Variable as its own grad")
        if gradient is not None:
            self._check_gradient(gradient)
        self._grad = gradient

    @grad.deleter
    def grad(self) -> None:
        self._grad = None

    def _check_gradient(self, gradient: Any) -> None:
        if not isinstance(gradient, Tensor):
            raise TypeError(f"assigned grad expected to be a Tensor or None but got grad of type {type_name(gradient)}")
        if gradient.array.shape != self.array.shape:
            raise RuntimeError(
                f"attempting to assign a gradient of size '{list(gradient.array.shape)}' to a tensor of size "
                f"'{list(self.array.shape)}'. Please ensure that the gradient and the tensor are the same size"
            )
        if gradient.array.dtype != self.array.dtype:
            raise RuntimeError(
                f"attempting to assign a gradient with dtype '{gradient.dtype.cpp_name}' to a tensor with "
                f"grad_dtype '{self.dtype.scalar_type}'. The gradient must match the tensor's grad_dtype (defaults to "
                "the tensor's dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or None to "
                "allow any dtype. Set grad_dtype with caution. Diverging the dtypes of a tensor and its gradient may "
                "break downstream systems that assume they match."
            )

    def register_hook(self, hook: Hook) -> RemovableHandle:
        """Call `hook(gradient)` when the gradient, of this tensor's shape, is complete; what it returns replaces that.

        Raises: RuntimeError when no gradient will ever come.
        """
        if not self._requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        if self.grad_fn is not None:
            return hooks_of(self.grad_fn).register_tensor(self.output_nr, hook)
        if self._leaf_hooks is None:
            self._leaf_hooks = {}
            if self._accumulator is not None and (accumulator := self._accumulator()) is not None:
                adopt_leaf_hooks(accumulator, self)
        return RemovableHandle(self._leaf_hooks, hook)

    def register_post_accumulate_grad_hook(self, hook: Hook) -> RemovableHandle:
        """Call `hook(leaf)` each time after a gradient was added to `leaf.grad`.

        Raises: RuntimeError for a tensor that is not a leaf, or that requires no gradient.
        """
        if not self._requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        if self.grad_fn is not None:
            raise RuntimeError("post accumulate grad hooks cannot be registered on non-leaf tensors")
        if self._post_accumulate_hooks is None:
            self._post_accumulate_hooks = {}
        return RemovableHandle(self._post_accumulate_hooks, hook)

    def retain_grad(self) -> None:
        """Keep the gradient of this computed tensor in `.grad`; a leaf keeps its gradient anyway.

        Raises: RuntimeError when the tensor doesn't require grad.
        """
        if not self._requires_grad:
            raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")
        if self.grad_fn is None or self._retains:
            return
        self._retains = True
        self.keep_gradient_at(self.grad_fn)

    def keep_gradient_at(self, node: Node) -> None:
        """Let the gradient of this tensor, which `node` made, be kept in `.grad`."""
        hooks_of(node).retain[self.output_nr] = retainer(weakref.ref(self))

    # -- numbers -------------------------------------------------------------------------------------------------

    @property
    def shape(self) -> Size:
        """The dimensions, a `Size`."""
        return Size(self.array.shape)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return int(self.array.ndim)

    def dim(self) -> int:
        """The number of dimensions."""
        return self.ndim

    def numel(self) -> int:
        """The number of elements."""
        return int(self.array.size)

    @property
    def dtype(self) -> dtype:
        """The kind of numbers."""
        return dtype_of(self.array.dtype)

    def memory(self) -> Array:
        """The array itself, in the shape of the tensor, to be shared or changed."""
        if not isinstance(self.array, np.ndarray):
            self.array = np.array(self.array)
        return self.array

    def item(self) -> Any:
        """The only element, whatever the shape, as a Python number.

        Raises: RuntimeError when there is not exactly one.
        """
        if self.array.size != 1:
            raise RuntimeError(f"a Tensor with {self.array.size} elements cannot be converted to Scalar")
        return self.array.item()

    def tolist(self) -> Any:
        """The elements as nested lists, a number for a tensor without dimensions."""
        return self.array.tolist()

    def numpy(self, *, force: bool = False) -> Array:
        """The numpy array, of the same shape and memory; with `force` also that of a tensor that requires grad.

        Raises: RuntimeError when the tensor requires grad.
        """
        if self._requires_grad and not force:
            raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
        return self.memory()

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.numpy(), dtype, copy=copy)

    def detach(self) -> Tensor:
        """A tensor outside the graph, of the same shape, with the same memory and the same version counter."""
        detached = Tensor(self.memory())
        detached._version_counter = self.version_counter()
        return detached

    def detach_(self) -> Tensor:
        """This tensor itself, outside the graph from now on.

        Raises: RuntimeError for a view, whose base stays in the graph.
        """
        if self._base is not None:
            raise RuntimeError(VIEW_DETACHED)
        self.grad_fn = None
        self._requires_grad = False
        self.output_nr = 0
        return self

    def without_history(self) -> Tensor:
        """The same value, so the same shape, and version counter; of the place in the graph the output number."""
        bare = Tensor(self.array)
        bare._version_counter = self.version_counter()
        bare.output_nr = self.output_nr
        return bare

    def detach_copy(self, like: Tensor | None = None) -> Tensor:
        """A tensor outside the graph, of the same shape, with memory of its own, laid out as that of `like`."""
        return Tensor(copied(self.array, (self if like is None else like).array))

    @property
    def data(self) -> Tensor:
        """A tensor outside the graph with the same shape and memory; changes made through it are not counted."""
        return Tensor(self.memory())

    @data.setter
    def data(self, other: Tensor) -> None:
        if not isinstance(other, Tensor):
            raise TypeError(f"Variable data has to be a tensor, but got {type_name(other)}")
        if self._requires_grad and not other.dtype.is_floating_point:
            raise RuntimeError("data set to a tensor that requires gradients must be floating point or complex dtype")
        self.array = other.memory()

    def __array_wrap__(self, array: Array, *_: Any) -> Tensor:
        return Tensor(array)

    def __delitem__(self, key: Any) -> NoReturn:
        raise TypeError("Tensor does not support deleting items")

    def __len__(self) -> int:
        if not self.array.shape:
            raise TypeError("len() of a 0-d tensor")
        return int(self.array.shape[0])

    def __bool__(self) -> bool:
        if self.array.size != 1:
            raise RuntimeError(
                f"Boolean value of Tensor with {'no values' if self.array.size == 0 else 'more than one value'} is "
                "ambiguous"
            )
        return bool(self.array.item())

    def _number(self) -> Any:
        if self.array.size != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        return self.array.item()

    def __float__(self) -> float:
        if self._requires_grad and self.array.size == 1:
            warn_once(
                "Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.\n"
                "Consider using tensor.detach() first."
            )
        return float(self._number())

    def __int__(self) -> int:
        return int(self._number())

    def __index__(self) -> int:
        if self.array.dtype.kind not in "iub" or self.array.size != 1:
            raise TypeError("only integer tensors of a single element can be converted to an index")
        return int(self.array.item())

    def __hash__(self) -> int:
        return id(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        """A leaf with the same numbers and flag, whose memory and gradient are its own.

        Raises: RuntimeError for a computed tensor.
        """
        if self.grad_fn is not None:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the "
                "moment.  If you were attempting to deepcopy a module, this may be because of a "
                "torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001"
            )
        twin = self.detach_copy()
        twin._requires_grad = self._requires_grad
        twin._grad = copy.deepcopy(self._grad, memo)
        return twin

    def __getattr__(self, name: str) -> Any:
        """Nothing: this is only asked for names that tensors don't have, or for those that need an array.

        Raises: AttributeError that says what to do instead; TypeError for a tensor that was made of no array.
        """
        if name in {"dtype", "shape"}:
            raise TypeError("torch.Tensor(data) is not supported here: use torch.tensor(data)")
        raise missing("'Tensor' object", name)

    def __repr__(self) -> str:
        return tensor_text(self)

    def __format__(self, spec: str) -> str:
        if self.ndim == 0:
            return format(self.item(), spec)
        return object.__format__(self, spec)
