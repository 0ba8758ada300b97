"""One test function that pytest found, as a `Check`; or what is wrong with it."""

from __future__ import annotations

import ast
import inspect
import json
import math
import re
from typing import TYPE_CHECKING, Any

from autograder.checks.mark import NAME
from autograder.checks.source import find, parsed, standalone, uses
from autograder.model.check import Check, Truth, Visibility
from autograder.model.errors import CourseError
from autograder.model.ids import CheckId, ExerciseId, Language

if TYPE_CHECKING:
    import pytest

FIXTURES = frozenset({"torch", "see", "rng"})
MARKS = frozenset({NAME, "parametrize"})
ENGLISH = Language("en")


def check_record(item: pytest.Function, source: str, file: str, visibility: Visibility) -> Check:
    """The check that an item is; `source` is its file's text, `file` how people name it.

    Raises:
        CourseError: it is not a check as `design.md` wants it; names file and line.
    """
    function = item.originalname
    node = find(parsed(source), function)
    where = f"{file}:{node.lineno}"
    mark = _mark(item, where)
    title, hint = _texts(item.function, where)
    _refuse_fixtures(item, where)
    if "see" not in uses(ast.Module(body=node.body, type_ignores=[])):
        raise CourseError(f"{where}: {function} observes nothing; call a method of see")
    return Check(
        id=CheckId(f"{item.path.stem}::{item.name}"),
        exercise=_exercise(mark, where),
        title=title,
        visibility=visibility,
        points=_points(mark, visibility, where),
        truth=_truth(mark, where),
        file=file,
        line=node.lineno,
        source=standalone(source, function),
        function=function,
        arguments=_arguments(item, where),
        hints={ENGLISH: hint} if hint else {},
    )


def _mark(item: pytest.Function, where: str) -> pytest.Mark:
    for other in item.iter_markers():
        if other.name not in MARKS:
            raise CourseError(f"{where}: the mark {other.name!r}; a check always runs, and only exercise marks it")
    marks = list(item.iter_markers(NAME))
    if len(marks) != 1:
        raise CourseError(f"{where}: {item.originalname} has {len(marks)} exercise marks, expected one")
    return marks[0]


def _exercise(mark: pytest.Mark, where: str) -> ExerciseId:
    if len(mark.args) != 1 or not isinstance(mark.args[0], str):
        raise CourseError(f"{where}: the exercise mark takes an exercise's id, a string")
    return ExerciseId(mark.args[0])


def _points(mark: pytest.Mark, visibility: Visibility, where: str) -> float:
    points = mark.kwargs.get("points")
    if visibility is Visibility.PUBLIC:
        if points is not None:
            raise CourseError(f"{where}: a public check has no points; points stand in the solutions' checks")
        return 0.0
    is_number = isinstance(points, int | float) and not isinstance(points, bool)
    if points is None or not is_number or not 0 < points < math.inf:
        raise CourseError(f"{where}: a hidden check's points are a positive number, found {points!r}")
    return float(points)


def _truth(mark: pytest.Mark, where: str) -> Truth:
    truth = mark.kwargs.get("truth", Truth.TORCH)
    if truth not in list(Truth):
        raise CourseError(f'{where}: truth is "torch" or "reference", found {truth!r}')
    return Truth(truth)


def _texts(function: Any, where: str) -> tuple[str, str]:
    """The docstring's first paragraph, and the rest of it."""
    title, _, rest = (inspect.getdoc(function) or "").partition("\n\n")
    if not title.strip():
        raise CourseError(f"{where}: {function.__name__} has no docstring; its first line is the check's title")
    return " ".join(title.split()), rest.strip()


def _refuse_fixtures(item: pytest.Function, where: str) -> None:
    others = sorted(set(inspect.signature(item.function).parameters) - FIXTURES - set(_parameters(item)))
    if others:
        raise CourseError(f"{where}: the fixture {others[0]!r}; a check has torch, see and rng, and no others")


def _parameters(item: pytest.Function) -> dict[str, Any]:
    return dict(item.callspec.params) if hasattr(item, "callspec") else {}


def _arguments(item: pytest.Function, where: str) -> dict[str, Any]:
    """The values of one parameter set, as they come out of JSON: tuples are lists then."""
    parameters = _parameters(item)
    _refuse_id(item, parameters, where)
    try:
        arguments: dict[str, Any] = json.loads(json.dumps(parameters, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise CourseError(f"{where}: the parameters of {item.name} can't be written as JSON: {error}") from error
    return arguments


def _refuse_id(item: pytest.Function, parameters: dict[str, Any], where: str) -> None:
    """A check's id lives in gradebooks: no address, and no place in a list that another entry may move."""
    name = item.name.removeprefix(item.originalname)
    if re.search(r"0x[0-9a-f]{6,}", name):
        raise CourseError(f"{where}: the id {item.name} holds an address; give the parameters names by ids=[...]")
    for key, value in parameters.items():
        numbered = f"{key}{item.callspec.indices[key]}"
        if not isinstance(value, str) and numbered in name.strip("[]").split("-"):
            raise CourseError(f"{where}: the id {item.name} only counts {key}; give the parameters names by ids=[...]")
