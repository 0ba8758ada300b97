"""A child used twice: the one that public checks leave alive executes a notebook, since starting one is dear."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from autograder.model.course import Limits
    from autograder.sandbox.child import Child
    from autograder.sandbox.warm import Sandbox


class Reusing:
    """Starts children of a sandbox for one submission, as a context manager.

    The first child that outlives its checks is kept, and loads the candidate anew when a child is asked for that
    executes cells. Hidden checks have no place here: what a student sees must come from no process that knew one.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._kept: Child | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @contextmanager
    def start(
        self, files: Mapping[str, bytes], package: str, limits: Limits, *, has_shell: bool = False
    ) -> Iterator[Child]:
        """A child that has loaded a candidate: as `Sandbox.start`, but for cells it may be one that has run checks.

        Raises:
            MachineError: the machine refused the child.
        """
        if has_shell and self._kept is not None:
            child, self._kept = self._kept, None
            with self._open:
                child.load(files, package)
                yield child
            return
        with ExitStack() as until_done:
            # Any may be the one that is kept, so each has what executes cells (IPython's shell, none of the system's).
            child = until_done.enter_context(self._sandbox.start(files, package, limits, has_shell=True))
            yield child
            if not has_shell and self._kept is None and child.ended is None:
                self._kept, self._open = child, until_done.pop_all()
