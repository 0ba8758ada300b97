"""The pytest plug-in of a workspace: plain `pytest` runs the public checks and explains each failure to the student.

A workspace's `pyproject.toml` names it: `addopts = "-p autograder.checks.home"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from autograder import probe
from autograder.checks.desk import Desk
from autograder.checks.explain import explain
from autograder.checks.mark import DESCRIPTION, NAME
from autograder.checks.words import words
from autograder.model.errors import AutograderError
from autograder.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator

DESK = pytest.StashKey[Desk]()


class Explained(Exception):  # noqa: N818 - no error of the program
    """A check did not pass; the text says all, and pytest's own traceback nothing."""


def pytest_configure(config: pytest.Config) -> None:
    """Open the workspace that pytest runs in.

    Raises:
        pytest.UsageError: the folder is no workspace.
    """
    config.addinivalue_line("markers", DESCRIPTION)
    try:
        config.stash[DESK] = Desk(config.rootpath)
    except AutograderError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_unconfigure() -> None:
    """Forget the student's package."""
    probe.unload()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a check our way; leave the student's own tests to pytest.

    Raises:
        Explained: the check did not pass.
    """
    if pyfuncitem.get_closest_marker(NAME) is None:
        return None
    desk = pyfuncitem.config.stash[DESK]
    try:
        check = desk.check(pyfuncitem)
    except AutograderError as error:
        raise Explained(str(error)) from error
    verdict = desk.judge(check)
    if verdict.outcome is not Outcome.PASSED:
        raise Explained(explain(check, verdict, desk.home))
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show an explanation as it is."""
    report = yield
    if call.excinfo is not None and isinstance(call.excinfo.value, Explained):
        report.longrepr = str(call.excinfo.value)
    return report


@pytest.fixture
def torch(request: pytest.FixtureRequest) -> Any:
    """The student's package, for tests of the student's own; a check gets it when it runs, within its time limit."""
    if request.node.get_closest_marker(NAME) is not None:
        return None
    desk = request.config.stash[DESK]
    fault = desk.import_fault()
    if fault is not None:
        pytest.fail(words(fault, desk.home.language), pytrace=False)
    candidate = desk.candidate()
    return candidate and candidate.module


@pytest.fixture
def see() -> probe.Observer:
    """An observer; what it sees in a student's own tests is compared with nothing."""
    return probe.Observer()


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> Any:
    """A seeded generator, the same at each run."""
    return probe.random_numbers(request.config.stash[DESK].home.seed, request.node.name)
