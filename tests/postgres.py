"""A PostgreSQL server of the tests' own: on the loopback alone, gone with everything in it when they end."""

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
_USER = "nobody" if os.geteuid() == 0 else None  # the server refuses to run as root
_SCHEME = "postgresql+psycopg"
MISSING = "PostgreSQL's server programs are not installed"


class Server:
    """A running server."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder, self._port = folder, port

    def url(self, database: str = "postgres") -> str:
        """The URL of a database on it."""
        return f"{_SCHEME}://grader:secret@127.0.0.1:{self._port}/{database}"

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"gradebook_{uuid.uuid4().hex}"
        self.run(f"create database {name}")
        return self.url(name)

    def run(self, statement: str, url: str | None = None) -> None:
        """Run a statement outside of transactions."""
        engine = create_engine(url or self.url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-F -k {self._folder} -h 127.0.0.1 -p {self._port} -c shared_buffers=16MB"
        self._control("start", "-l", str(self._folder / "log"), "-o", options)

    def stop(self) -> None:
        """Stop it at once, as a power failure would."""
        self._control("stop", "-m", "immediate")

    def _control(self, *arguments: str) -> None:
        _run("pg_ctl", "-w", "-D", str(self._folder / "data"), *arguments)


@contextmanager
def serving() -> Iterator[Server]:
    """A server for the length of the block; the test is skipped where there is none to be had."""
    if not _PROGRAMS:
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="autograder-postgres-"))
    try:
        if _USER:
            shutil.chown(folder, _USER)
        _run("initdb", "-A", "trust", "-U", "grader", "--no-sync", "-E", "UTF8", "-D", str(folder / "data"))
        server = Server(folder, _free_port())
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def answers(url: str) -> bool:
    """Whether a database can be reached."""
    engine = create_engine(url)
    try:
        with engine.connect():
            return True
    except OperationalError:
        return False
    finally:
        engine.dispose()


def _run(program: str, *arguments: str) -> None:
    command = [str(_PROGRAMS[-1].parent / program), *arguments]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(command, user=_USER, env=environment, cwd="/", capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{program}: {ended.stdout}{ended.stderr}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
