"""Frames: four bytes of length, then JSON; the inside's end of both lines, which reads what the grader wrote."""

from __future__ import annotations

import struct
from json import dumps, loads
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from socket import socket

HEAD = struct.Struct(">I")


def send(channel: socket, message: dict[str, Any]) -> None:
    """Send one message; NaN is an error, since JSON has none."""
    data = dumps(message, allow_nan=False).encode()
    channel.sendall(HEAD.pack(len(data)) + data)


def receive(channel: socket) -> dict[str, Any] | None:
    """The next message; None when the other end has hung up."""
    head = _read(channel, HEAD.size)
    if head is None:
        return None
    data = _read(channel, HEAD.unpack(head)[0])
    if data is None:
        return None
    message: dict[str, Any] = loads(data)
    return message


def _read(channel: socket, size: int) -> bytes | None:
    parts = []
    while size:
        part = channel.recv(min(size, 1 << 16))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
