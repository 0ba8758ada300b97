"""The folder of a run of the sample class, opened at a desk; and a server of it."""

import asyncio
import json
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.gradebook.attempt import Attempt
from autograder.gradebook.store import Gradebook, file_url
from autograder.grading.pages import instructor_files, student_files
from autograder.grading.places import write_files
from autograder.grading.plan import Plan
from autograder.sandbox.level import Level
from autograder.serving.desk import Desk
from autograder.serving.server import serve
from tests.report.samples import CHECKS, CLASS, COURSE

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LESSON = [
    {"cell_type": "markdown", "id": "words", "source": "## In your own words\n\nWhy?", "metadata": {}},
    {"cell_type": "code", "id": "code", "source": "1 + 1", "metadata": {}, "outputs": []},
]
OWN = {"cell_type": "markdown", "id": "own-2", "source": "Since edges have *slots*.", "metadata": {}}


def notebook(*cells):
    """A notebook as bytes."""
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


@pytest.fixture(scope="session")
def plan():
    """The sample course, with a lesson."""
    return Plan(
        course=COURSE,
        checks=CHECKS,
        expected={},
        workspaces={language: {"lessons/01_first_graph.ipynb": notebook(*LESSON)} for language in ("en", "zh")},
        seed=0,
        level=Level.NONE,
        catalogues={"en": {}, "zh": {}},
        known=(),
        language="en",
    )


@pytest.fixture(scope="session")
def graded(plan, tmp_path_factory):
    """What grading leaves: an attempt of each student, at noon. Bob works in Chinese, and wrote an answer."""
    folder = tmp_path_factory.mktemp("graded") / "run"
    for result, verdicts in CLASS:
        is_bob = result.student == "bob"
        notebooks = {"01_first_graph.ipynb": notebook(*((LESSON[0], OWN, LESSON[1]) if is_bob else LESSON))}
        files = student_files(plan, result, verdicts, (), "zh" if is_bob else "en")
        write_files(folder, files | instructor_files(plan, result, verdicts, notebooks))
    write_files(folder, {"index.html": b"<!doctype html><title>the class</title>", "checks/one.html": b"one"})
    with Gradebook(file_url(folder / "gradebook.db")) as opened:
        for result, verdicts in CLASS:
            attempt = Attempt(
                student=result.student,
                submission_digest="",
                course_digest="",
                level="namespaces",
                seed=0,
                verdicts=verdicts,
                findings=(),
                graded_at=START,
            )
            opened.store(attempt)
    return folder


@pytest.fixture
def run(graded, tmp_path):
    """The folder of a run, to be changed."""
    return Path(shutil.copytree(graded, tmp_path / "run"))


@pytest.fixture
def gradebook(run):
    """The run's gradebook."""
    with Gradebook(file_url(run / "gradebook.db")) as opened:
        yield opened


@pytest.fixture
def desk(run, plan, gradebook):
    """Ada's desk; a minute passes between any two things that she does."""
    minutes = iter(range(1, 1000))
    return Desk(run=run, plan=plan, gradebook=gradebook, by="Ada", now=lambda: START + timedelta(minutes=next(minutes)))


@pytest.fixture
def address(desk):
    """Where a server of the desk is, with its token; it ends with the test."""
    loop, told, ready = asyncio.new_event_loop(), [], threading.Event()
    task = loop.create_task(serve(desk, 0, lambda address: (told.append(address), ready.set())))
    thread = threading.Thread(target=_until_cancelled, args=(loop, task))
    thread.start()
    assert ready.wait(10)
    yield told[0]
    loop.call_soon_threadsafe(task.cancel)
    thread.join()
    loop.close()


def _until_cancelled(loop, task):
    asyncio.set_event_loop(loop)
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(task)
