"""Student code cannot talk to anyone."""

import socket
import threading

import pytest

from tests.hostile.attempts import assert_refused

pytestmark = pytest.mark.sandbox
FAMILIES = ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_ALG", "AF_BLUETOOTH", "AF_CAN")
KINDS = ("SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_SEQPACKET")


@pytest.mark.parametrize("family", FAMILIES)
def test_cannot_make_a_socket(room, family):
    """Of no family and of no kind."""
    assert_refused(
        room, [f"socket.socket(getattr(socket, {family!r}, 31), socket.{kind})" for kind in KINDS], "import socket"
    )


def test_cannot_connect_to_a_port_of_the_machine(room):
    """A server that listens on this machine hears nothing."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        assert_refused(room, [f"socket.create_connection(('127.0.0.1', {port}), 1)"], "import socket")
        with pytest.raises(TimeoutError):
            heard.append(server.accept())
    assert heard == []


def test_cannot_send_to_a_socket_by_its_path(room, tmp_path):
    """A pair of datagram sockets could send to any path; there is none."""
    path = str(tmp_path / "log")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
        server.bind(path)
        server.settimeout(0.2)
        attempts = [f"socket.socketpair(socket.AF_UNIX, socket.{kind})" for kind in ("SOCK_DGRAM", "SOCK_RAW")]
        attempts += [f"channel.sendto(b'x', {path!r})", f"channel.connect({path!r})", "channel.connect('\\0abstract')"]
        assert_refused(room, attempts, "import socket\nchannel, other = socket.socketpair()")
        with pytest.raises(TimeoutError):
            server.recv(1)


def test_cannot_resolve_a_name(room):
    """Not even a question leaves."""
    setup = """
    import socket
    def ask():
        try:
            socket.getaddrinfo("example.org", 80)
        except socket.gaierror as error:
            raise PermissionError(str(error))
    """
    assert_refused(room, ["ask()"], setup)


def test_threads_of_its_own_may_talk(room):
    """A pair of connected sockets stays inside, and asyncio needs it."""
    assert room.prints("import asyncio; print(asyncio.run(asyncio.sleep(0, 'ok')))") == "ok\n"
    assert threading.active_count() >= 1
