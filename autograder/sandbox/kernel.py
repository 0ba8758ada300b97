"""What nbclient takes for a kernel: messages of Jupyter's protocol, made from what a child answers.

No ZeroMQ and no second process of Jupyter's: a question to the child is one call, and its messages then lie ready.
"""

from __future__ import annotations

import queue
from collections import deque
from itertools import count
from typing import TYPE_CHECKING, Any

from autograder.sandbox.ended import Ended

if TYPE_CHECKING:
    from autograder.sandbox.child import Child

LANGUAGE = {
    "name": "python",
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "pygments_lexer": "ipython3",
    "codemirror_mode": {"name": "ipython", "version": 3},
}
Message = dict[str, Any]


class Kernel:
    """Answers as a `jupyter_client` kernel manager does, as far as nbclient asks."""

    has_kernel = True

    def __init__(self, child: Child) -> None:
        self._child = child

    def client(self) -> KernelClient:
        """The one way to talk to it."""
        return KernelClient(self._child)

    def start_kernel(self, **_options: object) -> None:
        """It runs already."""

    def is_alive(self) -> bool:
        """Always: a child that ended goes on answering, with nothing."""
        return True

    def interrupt_kernel(self) -> None:
        """A child has its own limit and is ended at it."""

    def shutdown_kernel(self, **_options: object) -> None:
        """Whoever started the child closes it."""

    def cleanup_resources(self, **_options: object) -> None:
        """There are none."""


class KernelClient:
    """Answers as a `jupyter_client` client does, as far as nbclient asks."""

    allow_stdin = False

    def __init__(self, child: Child) -> None:
        self.shell_channel, self.iopub_channel = _Channel(), _Channel()
        self._child = child
        self._numbers = count(1)

    def start_channels(self) -> None:
        """They are open."""

    def stop_channels(self) -> None:
        """They hold nothing."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """It is ready."""

    def is_alive(self) -> bool:
        """Always: see `Kernel.is_alive`."""
        return True

    def kernel_info(self) -> str:
        """Ask which language it speaks; the question's id."""
        number = str(next(self._numbers))
        self.shell_channel.put(number, "kernel_info_reply", {"status": "ok", "language_info": LANGUAGE})
        return number

    def execute(self, code: str, **_options: object) -> str:
        """Execute a cell; its messages lie ready when this returns. The question's id."""
        number = str(next(self._numbers))
        status = self._answer(number, code)
        self.iopub_channel.put(number, "status", {"execution_state": "idle"})
        self.shell_channel.put(number, "execute_reply", {"status": status})
        return number

    def _answer(self, number: str, code: str) -> str:
        if self._child.ended is not None:
            return "aborted"
        reply = self._child.execute(code)
        if isinstance(reply, Ended):
            content = {"ename": reply.outcome.name, "evalue": reply.detail, "traceback": [reply.detail]}
            self.iopub_channel.put(number, "error", content)
            return "error"
        for output in reply.outputs:
            self.iopub_channel.put(number, *output.message())
        return "ok" if reply.is_ok else "error"


class _Channel:
    """Messages that lie ready, oldest first."""

    def __init__(self) -> None:
        self._messages: deque[Message] = deque()

    def put(self, number: str, kind: str, content: Message) -> None:
        """Add a message that answers a question."""
        header = {"msg_type": kind}
        self._messages.append(
            {"header": header, "msg_type": kind, "parent_header": {"msg_id": number}, "content": content}
        )

    async def get_msg(self, timeout: float | None = None) -> Message:  # noqa: ARG002 - what it would wait
        """The next message.

        Raises:
            queue.Empty: there is none, and none will come by waiting.
        """
        if not self._messages:
            raise queue.Empty
        return self._messages.popleft()
