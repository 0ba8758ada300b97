"""The grader's end of the line to a child: frames of length-prefixed JSON, sized, decoded strictly.

What comes back was written by student code, or may have been: whatever is wrong with it is the submission's error.
"""

from __future__ import annotations

import secrets
import select
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from autograder.model.record import Record
from autograder.sandbox.inside.frames import HEAD

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

REPLY_BYTES = 16 * 1024 * 1024
CHUNK_BYTES = 1 << 18

R = TypeVar("R", bound="Reply")


class Reply(Record, frozen=True):
    """The base of all answers; its nonce is that of the question."""

    nonce: str


class BrokenWireError(Exception):
    """The other end did not keep to the protocol; the message says how."""


class HungUpError(Exception):
    """The other end is gone."""


class Wire:
    """One line to one child. Each wait asks `left`, which says how many seconds may still pass or raises."""

    def __init__(self, channel: socket.socket, handle: int | None = None) -> None:
        channel.setblocking(False)
        self._channel = channel
        self._handle = handle
        self._received = bytearray()  # and not yet taken for an answer
        self._events = select.poll()
        self._events.register(channel, select.POLLIN)
        if handle is not None:
            self._events.register(handle, select.POLLIN)

    def ask(self, kind: type[R], question: dict[str, Any], left: Callable[[], float]) -> R:
        """The answer to a question.

        Raises:
            BrokenWireError: the answer is malformed, too large, or one to another question, as is all that was sent
                before this one was asked: nobody knows its nonce.
            HungUpError: the child is gone.
        """
        nonce = secrets.token_hex(8)
        self._send(msgspec.json.encode({"nonce": nonce, **question}), left)
        reply = decode(self.receive(left), kind)
        if reply.nonce != nonce:
            raise BrokenWireError("it sent an answer to another question")
        return reply

    def receive(self, left: Callable[[], float]) -> bytes:
        """One frame.

        Raises:
            BrokenWireError: it is larger than any answer may be.
            HungUpError: the child is gone.
        """
        self._read(HEAD.size, left)
        (size,) = HEAD.unpack_from(self._received)
        if size > REPLY_BYTES:
            raise BrokenWireError(f"it sent an answer of {size} bytes, at most {REPLY_BYTES} are allowed")
        self._read(HEAD.size + size, left)
        frame = bytes(self._received[HEAD.size : HEAD.size + size])
        del self._received[: HEAD.size + size]
        return frame

    def close(self) -> None:
        """Hang up."""
        self._channel.close()

    def _send(self, data: bytes, left: Callable[[], float]) -> None:
        waiting = memoryview(HEAD.pack(len(data)) + data)
        while waiting:
            try:
                waiting = waiting[self._channel.send(waiting[:CHUNK_BYTES]) :]
            except BlockingIOError:
                self._events.modify(self._channel, select.POLLOUT)
                self._wait(left)
                self._events.modify(self._channel, select.POLLIN)
            except OSError:
                raise HungUpError from None

    def _read(self, size: int, left: Callable[[], float]) -> None:
        """Wait until so much was received."""
        while len(self._received) < size:
            self._wait(left)
            try:
                part = self._channel.recv(CHUNK_BYTES)
            except BlockingIOError:
                continue
            except OSError:
                part = b""
            if not part:
                raise HungUpError
            self._received += part

    def _wait(self, left: Callable[[], float]) -> None:
        """Wait until the line is ready; the death of the child's first process ends the wait as well."""
        ready = {descriptor for descriptor, _ in self._events.poll(1000 * left())}
        if self._handle in ready and self._channel.fileno() not in ready:
            raise HungUpError


def decode(data: bytes, kind: type[R]) -> R:
    """An answer as a record.

    Raises:
        BrokenWireError: it is not one.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except RecursionError:
        raise BrokenWireError("it sent an answer that is nested too deep") from None
    except (msgspec.MsgspecError, ValueError) as error:
        raise BrokenWireError(f"it sent an answer that is none ({error})") from None
