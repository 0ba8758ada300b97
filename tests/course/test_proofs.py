"""The real course holds together: skeletons, lessons and workspaces come from the reference, in all languages."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
from functools import cache
from itertools import product
from pathlib import Path

import nbformat
import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.lessons import lesson_cells, render_lesson
from autograder.build.messages import stale, untranslated
from autograder.build.reference import student_modules
from autograder.build.skeletons import render_skeleton
from autograder.build.stubs import Level
from autograder.build.workspace import workspace_files
from autograder.checks.lessons import lesson_module, lesson_path

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT / "course")
MODULES = student_modules(COURSE)
LESSONS = [unit.lesson for unit in COURSE.units if unit.lesson]
TRANSLATED = COURSE.languages[1:]


def _code(source: str) -> str:
    """A source without docstrings and comments."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        is_owner = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if is_owner and ast.get_docstring(node) is not None:
            node.body[0] = ast.Pass()
    return ast.unparse(tree)


def _comments(source: str) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)


@pytest.mark.parametrize("module", MODULES)
def test_answers_equal_the_reference(module):
    """A skeleton with answers is the reference's module to the letter."""
    text = render_skeleton(COURSE, module, edition_of(COURSE, COURSE.languages[0], answers=True))
    assert text == (COURSE.solutions / module).read_text(encoding="utf-8")


@pytest.mark.parametrize(("module", "language"), list(product(MODULES, TRANSLATED)))
def test_translated_answers_are_the_same_code(module, language):
    """In another language a skeleton with answers is the reference's code; docstrings and comments alone differ."""
    text = render_skeleton(COURSE, module, edition_of(COURSE, language, answers=True))
    reference = (COURSE.solutions / module).read_text(encoding="utf-8")
    assert _code(text) == _code(reference)
    assert text != reference


@pytest.mark.parametrize(("module", "language", "level"), list(product(MODULES, COURSE.languages, Level)))
def test_every_skeleton_is_python(module, language, level):
    """A skeleton parses in each language at each level, and has something left to write."""
    text = render_skeleton(COURSE, module, edition_of(COURSE, language, level))
    ast.parse(text)
    assert "NotImplementedError" in text


@pytest.mark.parametrize("module", MODULES)
def test_levels_differ_by_what_they_keep(module):
    """Guided has comments that standard lacks, bare lacks docstrings that standard has."""
    guided, standard, bare = (
        render_skeleton(COURSE, module, edition_of(COURSE, COURSE.languages[0], level)) for level in Level
    )
    assert _comments(guided) > _comments(standard)
    assert len(bare) < len(standard)


@pytest.mark.parametrize(("stem", "language"), list(product(LESSONS, TRANSLATED)))
def test_lessons_have_the_same_cells_in_all_languages(stem, language):
    """Cells have one id in all languages, and code cells one code."""
    first = lesson_cells(COURSE, stem, edition_of(COURSE, COURSE.languages[0]))
    other = lesson_cells(COURSE, stem, edition_of(COURSE, language))
    assert [cell.id for cell in other] == [cell.id for cell in first]
    for one, two in zip(first, other, strict=True):
        assert one.cell_type == two.cell_type
        if one.cell_type == "code":
            assert _code(one.source) == _code(two.source)


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
    module = lesson_module(notebook.encode(), COURSE.package).decode()
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


@pytest.mark.parametrize("find", [untranslated, stale])
def test_the_catalogues_are_complete(find):
    """Each text that students read is translated, and nothing else is."""
    assert [f"{finding.file}: {finding}" for finding in find(COURSE)] == []


@pytest.mark.parametrize(("language", "level"), list(product(COURSE.languages, Level)))
def test_building_twice_gives_the_same_bytes(language, level):
    """A workspace depends on the course alone."""
    edition = edition_of(COURSE, language, level)
    assert workspace_files(COURSE, edition) == workspace_files(COURSE, edition)


@pytest.mark.parametrize("answers", [True, False], ids=["answers", "stubs"])
def test_a_workspace_s_package_can_be_imported(tmp_path, answers):
    """The package needs no file that students don't get, and no exercise to be done before it can be imported."""
    for path, text in workspace_files(COURSE, edition_of(COURSE, COURSE.languages[0], answers=answers)).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text)
    command = [sys.executable, "-c", f"import {COURSE.package}; print({COURSE.package}.__file__)"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert ended.stdout.startswith(str(tmp_path)), ended.stderr


@pytest.mark.parametrize(("language", "level"), list(product(COURSE.languages, Level)))
def test_nothing_hidden_is_in_a_workspace(language, level):
    """No hidden check, no statement of an answer, and not the solutions' place is in what a student gets."""
    files = workspace_files(COURSE, edition_of(COURSE, language, level))
    text = b"\n".join(files.values()).decode()
    assert not [name for name in _hidden_checks() if name in text]
    assert str(ROOT) not in text
    assert _answers()
    assert not _answers() & _statements(files)


def _hidden_checks() -> set[str]:
    """The names of hidden checks that no public check shares."""
    hidden, public = (
        {name for file in folder.glob("*.py") for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))}
        for folder in (COURSE.solutions / "checks", COURSE.root / "checks")
    )
    return hidden - public


@cache
def _answers() -> frozenset[str]:
    """The statements that stand in answers alone, but for short ones, which may be anywhere by chance."""
    first = COURSE.languages[0]
    answers = _statements(workspace_files(COURSE, edition_of(COURSE, first, answers=True)))
    stubs = _statements(workspace_files(COURSE, edition_of(COURSE, first, Level.BARE)))
    return frozenset(statement for statement in answers - stubs if len(statement) > 25)


def _statements(files: dict[str, bytes]) -> set[str]:
    """Every simple statement of the Python in a workspace, in modules and in code cells."""
    sources = [text.decode() for path, text in files.items() if path.endswith(".py")]
    for path, text in files.items():
        if path.endswith(".ipynb"):
            cells = json.loads(text)["cells"]
            sources += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    simple = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Delete)
    nodes = [node for source in sources for node in ast.walk(ast.parse(_code(source)))]
    return {ast.unparse(node) for node in nodes if isinstance(node, simple)}


def test_exercises_are_all_in_a_workspace():
    """Each exercise of the course is where a student can find it."""
    files = workspace_files(COURSE, edition_of(COURSE, COURSE.languages[0]))
    home = json.loads(files[".course/course.json"])
    assert [e["id"] for unit in home["units"] for e in unit["exercises"]] == [e.id for e in COURSE.exercises]
