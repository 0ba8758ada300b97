"""Known wrong and other right solutions: what differs from the reference, set into the reference's own text.

Each file in `mutants/` and `variants/` of the solutions, "node/drops_empty_edges.py", holds changed definitions of one
module, "node.py" or the lesson "node". A function or method takes the place of the reference's of that name; so does a
class with a docstring, as a whole, while a class without one only says where its methods belong. Imports join the
reference's, and what the reference does not have is added at the end. The rest is the reference's own, so that the two
can't drift apart.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from autograder.build.pieces import HEADER, Pieces, cut
from autograder.build.reading import text_of
from autograder.build.reference import reference_files
from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.course import Course


def grafted_files(course: Course, changes: Path) -> dict[str, bytes]:
    """The reference as a candidate, with one module changed.

    Raises:
        CourseError: the changes can't be read or are not Python, or their folder is named for no module and no lesson.
    """
    files = reference_files(course)
    target = grafted_module(course, changes)
    if target not in files:
        raise CourseError(f"{changes}: no module and no lesson is called {changes.parent.name}; rename its folder")
    files[target] = graft(files[target].decode(), text_of(changes), str(changes)).encode()
    return files


def grafted_module(course: Course, changes: Path) -> str:
    """The file that is changed, by the name of the folder: "mytorch/node.py" or "lessons/first_graph.py"."""
    stem = changes.parent.name
    inside = f"{course.package}/{stem}.py"
    return inside if (course.solutions / inside).is_file() else f"lessons/{stem}.py"


def graft(reference: str, changes: str, name: str = "<changes>") -> str:
    """The reference's text with the definitions of the changes in the place of its own.

    Raises:
        CourseError: one of the two is not Python, or a method has no namesake whose place it could take.
    """
    old, new = cut("<reference>", reference), cut(name, changes)
    lines = list(old.lines)
    for definition in _definitions(new):
        if definition not in old.spans and definition.rpartition(".")[0] in old.classes:
            raise CourseError(
                f"{name}: the reference has no {definition}; give its class a docstring to replace all of it, or write "
                "a function"
            )
    replaced = [definition for definition in _definitions(new) if definition in old.spans]
    for definition in sorted(replaced, key=lambda name: old.spans[name].start, reverse=True):
        span = old.spans[definition]
        lines[span.start - 1 : span.end] = new.piece(definition).splitlines()
    imports, additions = _additions(old, changes)
    head = old.spans[HEADER].end
    return "\n".join([*lines[:head], *imports, *lines[head:], *additions]) + "\n"


def _definitions(pieces: Pieces) -> list[str]:
    """The names of the pieces to be set in: whole classes that have a docstring, and functions outside of these."""
    whole = [name for name in pieces.classes if _has_docstring(pieces.piece(f"{name}.*"))]
    functions = [name for name in pieces.functions if name.rpartition(".")[0] not in whole]
    return [f"{name}.*" for name in whole] + functions


def _has_docstring(text: str) -> bool:
    """Whether the text of a class begins with a docstring."""
    statement = ast.parse(text).body[0]
    return isinstance(statement, ast.ClassDef) and ast.get_docstring(statement) is not None


def _additions(old: Pieces, changes: str) -> tuple[list[str], list[str]]:
    """The lines of the changes' imports, and of the definitions that the reference lacks."""
    imports: list[str] = []
    added: list[str] = []
    for statement in ast.parse(changes).body[1:]:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            imports.append(ast.unparse(statement))
        elif _name(statement) not in old.spans:
            added += ["", "", ast.unparse(statement)]
    return imports, added


def _name(statement: ast.stmt) -> str:
    """What a statement defines: a function, a class, or a name by assignment."""
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    return str(getattr(statement, "name", ""))
