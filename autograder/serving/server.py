"""The server on this machine's own address, for one instructor."""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tornado.httpserver import HTTPServer
from tornado.web import Application

from autograder.model.errors import UsageError
from autograder.serving.desk import Desk
from autograder.serving.guard import LOOPBACK, Guard
from autograder.serving.handlers import Everybody, File, Marking, Nowhere, Releasing, Served, Student

MOST_BYTES = 1_000_000  # of a form: a comment is text that somebody typed


async def serve(desk: Desk, port: int, ready: Callable[[str], None]) -> None:
    """Answer requests until cancelled; `ready` gets the address to open. Port 0 takes a free one.

    Raises:
        UsageError: the port is taken.
    """
    try:
        listening = socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise UsageError(f"port {port} can't be used ({error.strerror}); name another one with --port") from error
    listening.setblocking(False)
    guard = Guard(port=listening.getsockname()[1])
    with ThreadPoolExecutor(max_workers=1) as thread:
        server = HTTPServer(application(Served(desk, guard, thread)), max_buffer_size=MOST_BYTES)
        server.add_sockets([listening])
        ready(guard.address)
        try:
            await asyncio.Event().wait()
        finally:
            server.stop()
            await server.close_all_connections()


def application(served: Served) -> Application:
    """The addresses that there are."""
    shared = {"served": served}
    return Application(
        [
            (r"/", Everybody, shared),
            (r"/(students/[^/]+\.html)", Student, shared),
            (r"/(index\.html|checks/[^/]+\.html|feedback/[^/]+\.html)", File, shared),
            (r"/mark", Marking, shared),
            (r"/release", Releasing, shared),
        ],
        default_handler_class=Nowhere,
        default_handler_args=shared,
        log_function=lambda handler: None,  # noqa: ARG005 - who uses it sees what happens
        xsrf_cookies=True,
        xsrf_cookie_name=f"_xsrf-{served.guard.port}",
        xsrf_cookie_kwargs={"httponly": True, "samesite": "Strict"},
    )
