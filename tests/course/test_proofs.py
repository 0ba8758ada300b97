"""The real course holds together: skeletons, lessons and workspaces come from the reference, in all languages."""

from __future__ import annotations

import ast
import io
import json
import tokenize
from itertools import product
from pathlib import Path

import nbformat
import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.lessons import render_lesson
from autograder.build.reference import student_modules
from autograder.build.skeletons import render_skeleton
from autograder.build.stubs import Level
from autograder.build.workspace import workspace_files
from autograder.checks.lessons import lesson_module, lesson_path
from autograder.grading.lint.draft import Draft
from autograder.grading.lint.rules import RULES, chosen, lint
from autograder.sandbox.machine import probe

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT / "course")
MODULES = student_modules(COURSE)
LESSONS = [unit.lesson for unit in COURSE.units if unit.lesson]
KNOWN = ("mutants", "variants")  # test_mutants.py asks more of them


def _comments(source: str) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)


@pytest.fixture(scope="module")
def draft():
    """The course, and what is made of it while its rules are looked after."""
    with Draft(COURSE, probe().level) as draft:
        yield draft


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in KNOWN])
def test_lint_finds_nothing(rule, draft):
    """The course keeps every rule that `autograder lint` knows."""
    assert [str(fault) for fault in lint(draft, chosen([rule]))] == []


@pytest.mark.parametrize("module", MODULES)
def test_levels_differ_by_what_they_keep(module):
    """Guided has comments that standard lacks, bare lacks docstrings that standard has."""
    guided, standard, bare = (
        render_skeleton(COURSE, module, edition_of(COURSE, COURSE.languages[0], level)) for level in Level
    )
    assert _comments(guided) > _comments(standard)
    assert len(bare) < len(standard)


@pytest.mark.parametrize(("stem", "language"), list(product(LESSONS, COURSE.languages)))
def test_lessons_are_valid_notebooks(stem, language):
    """A lesson is a notebook that passes nbformat's check, with unique ids and without outputs."""
    notebook = nbformat.reads(render_lesson(COURSE, stem, edition_of(COURSE, language)), as_version=4)
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert not any(cell.get("outputs") for cell in notebook.cells)


@pytest.mark.parametrize("stem", LESSONS)
def test_a_lesson_s_answers_stand_alone(stem):
    """The functions in a lesson's cells use nothing that their cells, or the preamble, don't bring."""
    notebook = render_lesson(COURSE, stem, edition_of(COURSE, COURSE.languages[0], answers=True))
    module = lesson_module(notebook.encode(), stem, COURSE.package, COURSE.languages[0]).decode()
    namespace: dict[str, object] = {}
    exec(compile(module, stem, "exec", dont_inherit=True), namespace)
    reference = ast.parse((COURSE.solutions / lesson_path(stem)).read_text(encoding="utf-8"))
    functions = [node for node in reference.body if isinstance(node, ast.FunctionDef)]
    for function in functions:
        used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        taken = {
            alias.asname or alias.name
            for node in reference.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert not used & taken - set(namespace), f"{function.name} needs an import"


@pytest.mark.parametrize(("language", "level"), list(product(COURSE.languages, Level)))
def test_building_twice_gives_the_same_bytes(language, level):
    """A workspace depends on the course alone."""
    edition = edition_of(COURSE, language, level)
    assert workspace_files(COURSE, edition) == workspace_files(COURSE, edition)


def test_exercises_are_all_in_a_workspace():
    """Each exercise of the course is where a student can find it."""
    files = workspace_files(COURSE, edition_of(COURSE, COURSE.languages[0]))
    home = json.loads(files[".course/course.json"])
    assert [e["id"] for unit in home["units"] for e in unit["exercises"]] == [e.id for e in COURSE.exercises]
