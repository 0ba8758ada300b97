"""Whether operations record a graph, and the counter that numbers what they record; both per thread.

Source: torch/autograd/grad_mode.py and aten/src/ATen/SequenceNumber.h, version 2.13.
"""

from __future__ import annotations

import functools
import inspect
import itertools
import threading
from collections.abc import Callable, Generator
from types import TracebackType
from typing import Any

from .decorating import functions_only
from .dtypes import type_name


class ThreadState(threading.local):
    """What each thread keeps for itself: the grad mode, and the numbers for the nodes it records, from 0 on.

    Source: c10/core/AutogradState.h and aten/src/ATen/SequenceNumber.h.
    """

    def __init__(self) -> None:
        self.enabled = True
        self.numbers = itertools.count()


state = ThreadState()


def is_grad_enabled() -> bool:
    """True when operations of this thread record a graph. Source: c10/core/GradMode.h."""
    return state.enabled


def next_sequence_nr() -> int:
    """The number of the node being recorded, counted from 0 in each thread. Source: aten/src/ATen/SequenceNumber.h."""
    return next(state.numbers)


class GradMode:
    """A grad mode: a `with` block, or a decorator of a function or generator.

    `before` is the mode in which it was entered last. One object that is entered again while its block is open forgets
    the mode around the outer block, as in PyTorch.

    Source: `_DecoratorContextManager`, torch/utils/_contextlib.py, version 2.13.
    """

    def __init__(self, mode: bool) -> None:
        self.mode = mode
        self.before = False

    def __enter__(self) -> None:
        self.before = state.enabled
        state.enabled = self.mode

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the block.

        Goal: outside a block everything is as if the block had never been.
        Contract: `state.enabled` becomes what it was when this block was entered, also when the block ends in an
        exception, which goes on. Blocks may stand inside each other.
        Worked value: after a `no_grad` block inside a `no_grad` block, `state.enabled` is still False.
        Source: `no_grad.__exit__`, torch/autograd/grad_mode.py, version 2.13.
        """
        state.enabled = self.before

    def clone(self) -> GradMode:
        """A mode of the same kind for one call of a decorated function."""
        return GradMode(self.mode)

    @functions_only
    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, run in this mode.

        Goal: `@torch.no_grad()` above a function says for each of its calls what a `with` block says for one.
        Contract: the mode is entered when the function is called, not when it is decorated, and left when the call
        ends. Arguments and result go through. Each call has a `clone()` of the mode for itself. The result keeps the
        function's name and docstring. For generator functions there is `self._decorate_generator(function)`.
        Worked value: under `@no_grad()`, `def mode(): return is_grad_enabled()` gives False, and is called "mode".
        Source: `context_decorator`, torch/utils/_contextlib.py, version 2.13.
        """
        # A generator is in this mode only while it runs.
        if inspect.isgeneratorfunction(function):
            return self._decorate_generator(function)

        # Any other function is run in a block of its own.
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            with self.clone():
                return function(*args, **kwargs)

        return wrapped

    def _decorate_generator(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            inner = function(*args, **kwargs)
            resume = functools.partial(next, inner)
            try:
                while True:
                    with self.clone():
                        result = resume()
                    try:
                        resume = functools.partial(inner.send, (yield result))
                    except BaseException as error:  # noqa: BLE001  # what is thrown in, an end among it, is its affair
                        resume = functools.partial(inner.throw, error)
            except StopIteration as stop:
                return stop.value

        return wrapped


class _SwitchableByBareDecorator(GradMode):
    """A mode that also decorates without parentheses: `@no_grad` as well as `@no_grad()`."""

    fixed: bool

    def __new__(cls, function: Callable[..., Any] | None = None) -> Any:
        if function is None:
            return super().__new__(cls)
        return cls()(function)

    def __init__(self, function: None = None) -> None:  # noqa: ARG002  # `__new__` has decorated it
        super().__init__(self.fixed)


class no_grad(_SwitchableByBareDecorator):
    """Record nothing: results of operations do not require grad. Source: torch/autograd/grad_mode.py."""

    fixed = False


class enable_grad(_SwitchableByBareDecorator):
    """Record again inside a `no_grad` block. Source: torch/autograd/grad_mode.py."""

    fixed = True


class set_grad_enabled(GradMode):
    """Switch recording on or off at once; as a `with` block, until its end. Source: torch/autograd/grad_mode.py."""

    def __init__(self, mode: bool) -> None:
        if not isinstance(mode, bool):
            raise TypeError(f"set_grad_enabled(): argument 'enabled' (position 1) must be bool, not {type_name(mode)}")
        super().__init__(mode)
        self.before = state.enabled
        state.enabled = mode

    def __enter__(self) -> None:
        state.enabled = self.mode

    def __repr__(self) -> str:
        return f"torch.autograd.grad_mode.set_grad_enabled(mode={self.mode})"

    def __call__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, run in this mode; the mode of the surrounding code is put back."""
        state.enabled = self.before
        return super().__call__(function)
