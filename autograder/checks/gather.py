"""pytest as a collector: the test functions of some files, found in this process, and not a word printed."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest

from autograder.checks.mark import DESCRIPTION
from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# The last one takes all of this process's garbage out, however long that takes.
NEEDLESS = ("cacheprovider", "terminal", "logging", "doctest", "unittest", "unraisableexception")
ISOLATED = (
    "--collect-only",
    "--noconftest",
    "--import-mode=importlib",
    "--capture=no",
    "--assert=plain",
    "--override-ini=addopts=",
    "--override-ini=python_files=test_*.py",
    "--override-ini=python_functions=test",
    *(f"-pno:{name}" for name in NEEDLESS),
)


def gather(files: Sequence[Path]) -> list[pytest.Function]:
    """The items that pytest finds in files, in order.

    Raises:
        CourseError: a file can't be imported, or skips itself.
    """
    if not files:
        return []
    listener = _Listener()
    folder = str(files[0].parent)
    # Without the last of these pytest looks through all that lies beside the folder, and beside each folder above it.
    places = "-c", os.devnull, "--rootdir", folder, "--confcutdir", folder
    with (
        _own_environment(),
        _own_modules({file.stem for file in files}),
        _no_bytecode(),
        redirect_stdout(io.StringIO()),
        redirect_stderr(io.StringIO()),
    ):
        pytest.main([*ISOLATED, *places, *map(str, files)], plugins=[listener])
    if listener.fault is not None:
        raise CourseError(listener.fault)
    return listener.items


class _Listener:
    """A pytest plug-in that keeps what was found, and the first thing that went wrong."""

    def __init__(self) -> None:
        self.items: list[pytest.Function] = []
        self.fault: str | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Make our mark known, so that pytest doesn't warn of it."""
        config.addinivalue_line("markers", DESCRIPTION)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep the items."""
        self.items = [item for item in session.items if isinstance(item, pytest.Function)]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the first failure that no exception explains: a file that skips itself."""
        if report.skipped and self.fault is None:
            self.fault = f"{report.nodeid}: the file skips itself; a check always runs"

    def pytest_exception_interact(self, node: pytest.Collector, call: pytest.CallInfo[object]) -> None:
        """Keep the first exception, told at the line of the file that it comes from."""
        if self.fault is None and call.excinfo is not None:
            self.fault = _told(node.path, call.excinfo.value)


def _told(path: Path, error: BaseException) -> str:
    cause = error.__cause__ or error
    line, traceback = 1, cause.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == str(path):
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    told = f"{type(cause).__name__}: {cause}"
    return f"{path}:{line}: this file of checks can't be imported: {told}"


@contextmanager
def _own_modules(names: set[str]) -> Iterator[None]:
    """With no module of these names known, since public and hidden files may share a name; as before afterwards."""
    before = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(before)


@contextmanager
def _no_bytecode() -> Iterator[None]:
    """Without files of compiled code beside the checks: they would name this machine's folders in a workspace."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


@contextmanager
def _own_environment() -> Iterator[None]:
    """Without the options and plug-ins that this machine's user has set for other runs of pytest."""
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD", "PYTEST_CURRENT_TEST")
    before = {name: os.environ.pop(name, None) for name in names}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            os.environ.update({} if value is None else {name: value})
