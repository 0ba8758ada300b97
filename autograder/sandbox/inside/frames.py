"""Frames: four bytes of length, then JSON; the inside's end of both lines, which reads what the grader wrote."""

from __future__ import annotations

import struct
from json import dumps, loads
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from socket import socket

HEAD = struct.Struct(">I")


def send(channel: socket, message: dict[str, Any]) -> None:
    """Send one message, without lone surrogates; NaN is an error, since JSON has none."""
    data = dumps(message, allow_nan=False, ensure_ascii=False).encode("utf-8", "replace")
    channel.sendall(HEAD.pack(len(data)) + data)


def receive(channel: socket) -> dict[str, Any] | None:
    """The next message; None when the other end has hung up."""
    data = bytearray()  # of one message: the grader asks the next question when it has the answer to this one
    while len(data) < HEAD.size or len(data) < HEAD.size + HEAD.unpack_from(data)[0]:
        part = channel.recv(1 << 16)
        if not part:
            return None
        data += part
    message: dict[str, Any] = loads(data[HEAD.size :])
    return message
