"""What students are told to paste runs as it stands, for every look of every public check."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

from autograder.build.course import load_course
from autograder.checks.collect import collect_course
from autograder.checks.pasting import pasted
from autograder.checks.source import find, parsed
from autograder.model.check import Visibility

COURSE = load_course(Path(__file__).parents[2] / "course")
RUN = """\
import json, sys, traceback
for name, lesson, code in json.load(sys.stdin):
    scope = vars(__import__(f"lessons.{lesson}", fromlist=["x"])).copy() if lesson else {}
    try:
        exec(code, scope)
    except Exception:
        print(name, code, traceback.format_exc(limit=0))
"""


def test_every_paste_runs():
    """In Python for the package, below the lesson's own cells for a lesson."""
    pastes = []
    for check in collect_course(COURSE):
        lesson = Path(COURSE.exercise(check.exercise).target.file)
        for line, path in _looks(check) if check.visibility is Visibility.PUBLIC else ():
            if code := pasted(check, line, path, COURSE.package):
                name = lesson.stem if lesson.parts[0] == "lessons" else ""
                pastes.append((check.id, name, "\n".join(code)))
    assert len(pastes) > 150
    ended = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(pastes),
        env={"PYTHONPATH": os.pathsep.join(map(str, (COURSE.root, COURSE.solutions)))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == ""


def _looks(check):
    """The lines in which a check looks at something, each with that."""
    for statement in find(parsed(check.source), check.function).body:
        call = getattr(statement, "value", None)
        if isinstance(statement, ast.Expr) and isinstance(call, ast.Call) and call.args:
            yield statement.lineno, ast.unparse(call.args[0])
