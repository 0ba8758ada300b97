"""What holds for every test."""

import gc
import signal
from collections.abc import Generator

import pytest


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One more than CPUs: at any time some test waits, for a limit to pass or for another process."""
    return (yield) + 1


def pytest_configure() -> None:
    """Let Ctrl-C reach the commands that tests start: who is started in the background passes on that it is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of collected tests and PyTorch, which live as long as the process."""
    gc.collect()
    gc.freeze()
