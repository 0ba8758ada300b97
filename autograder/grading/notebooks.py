"""A submission's lessons, executed from their first cell to their last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from autograder.grading.examiner import candidate_files
from autograder.grading.findings import note
from autograder.model.course import Course, Limits
from autograder.model.language import sentence
from autograder.model.submission import Finding, Severity, Submission
from autograder.sandbox.ended import Ended, at_a_limit
from autograder.sandbox.reusing import Reusing
from autograder.sandbox.warm import Sandbox


@dataclass(frozen=True, slots=True)
class Executed:
    """Notebooks that were executed."""

    notebooks: Mapping[str, bytes]  # by path
    findings: tuple[Finding, ...]
    is_certain: bool  # whether none was ended in a way that may be otherwise next time, as by a time-out


def lessons_of(submission: Submission) -> dict[str, bytes]:
    """The notebooks of a submission by path; a lesson that was not handed in is left out."""
    unread = {
        each.file
        for each in submission.findings
        if each.severity is Severity.PROBLEM and not each.values.get("exercise")
    }
    return {path: data for path, data in submission.files.items() if path.endswith(".ipynb") and path not in unread}


def execute_lessons(submission: Submission, course: Course, sandbox: Sandbox | Reusing) -> Executed:
    """The notebooks of a submission as executed, and what to say about them.

    The first may run where public checks have run, if the sandbox keeps such a child. As with checks, what goes wrong
    there counts only once it has in a child that is as new; the others have one each, with a submission's limits.

    Raises:
        MachineError: the machine refused a child.
    """
    ran = {
        path: _execute(path, data, candidate_files(submission), course, sandbox)
        for path, data in lessons_of(submission).items()
    }
    return Executed(
        notebooks={path: notebook for path, (notebook, _, _) in ran.items()},
        findings=tuple(finding for _, told, _ in ran.values() for finding in told),
        is_certain=all(ended is None or ended.is_lasting for _, _, ended in ran.values()),
    )


def _execute(
    path: str, data: bytes, files: dict[str, bytes], course: Course, sandbox: Sandbox | Reusing
) -> tuple[bytes, list[Finding], Ended | None]:
    from nbformat import v4  # noqa: PLC0415 - slow to import, and not every course has lessons

    from autograder.sandbox.notebook import execute_notebook  # noqa: PLC0415 - likewise

    notebook = v4.reads(data.decode())  # as intake wrote it: nothing to convert, nothing to validate
    while True:
        with sandbox.start(files, course.package, course.limits, has_shell=True) as child:
            executed = execute_notebook(child, notebook)
        if child.loads == 1 or not (child.ended or _errors(executed)):
            break
    return _written(executed), list(_told(path, executed, child.ended, course.limits)), child.ended


def _written(notebook: Any) -> bytes:
    """What nbformat would write, in a fifth of its time."""
    from nbformat.v4 import rwbase  # noqa: PLC0415 - likewise

    lines = rwbase.split_lines(rwbase.strip_transient(notebook))
    return msgspec.json.format(msgspec.json.encode(lines, order="sorted"), indent=1)


def _told(path: str, notebook: Any, ended: Ended | None, limits: Limits) -> Iterator[Finding]:
    """Notes on cells that raised, and on the one that ended the run; each limit that was met has a sentence."""
    errors = _errors(notebook)
    ends = [*(at_a_limit(error.ename, error.evalue, limits) for error in errors), ended]
    if ended is not None:
        yield note(path, sentence("{file}: one cell ended the run of the notebook, the cells below it were not run"))
    elif errors:
        message = sentence("{file}: errors were raised when the notebook was run ({count}, the first: {error})")
        yield note(path, message, count=str(len(errors)), error=errors[0].ename[:100])
    yield from (note(path, how.message, **how.values) for how in {each.message: each for each in ends if each}.values())


def _errors(notebook: Any) -> list[Any]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [output for output in outputs if output.output_type == "error"]
