"""The course that `autograder new` writes, bent out of shape, and what lint says of it."""

from __future__ import annotations

import pytest

from autograder.build.course import load_course
from autograder.build.starting import start_course
from autograder.grading.lint.draft import Draft
from autograder.grading.lint.rules import chosen, lint
from autograder.sandbox.machine import probe


@pytest.fixture
def course(tmp_path):
    """The folder around a course that is whole."""
    start_course(tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def bend(course):
    """Replace a text in a file of the course, or write the file where there is no text to replace."""

    def bend(file, old, new):
        path = course / file
        text = path.read_text("utf-8") if old else ""
        assert old in text, (file, old)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new) if old else new, "utf-8")

    return bend


@pytest.fixture
def told(course):
    """What the rules of these names say of the course, a sentence each."""

    def told(*rules):
        with Draft(load_course(course / "course"), probe().level) as draft:
            return [str(fault) for fault in lint(draft, chosen(rules))]

    return told
