"""Nothing that is handed in beside answers counts: what is the course's is restored, what is nobody's is left aside."""

import json

import pytest

from autograder.grading.grader import grade
from autograder.model.verdict import Outcome
from autograder.model.workspace import EXPECTED_FILE
from tests.hostile.tiny import MODULE, NOTEBOOK, hand_in

pytestmark = pytest.mark.sandbox
HOSTILE = b"print('hostile')\nraise SystemExit\n"
PASSING = b"from autograder import exercise\n\n\ndef test_two_coins_are_added():\n    pass\n"


def lesson(files, keep=lambda cell: True, source=None):
    """The notebook with those of its cells that are kept, the course's own with another source."""
    read = json.loads(files[NOTEBOOK])
    read["cells"] = [cell for cell in read["cells"] if keep(cell)]
    for cell in read["cells"]:
        if source and cell["cell_type"] == "code" and not is_an_exercise(cell):
            cell["source"] = source
    return {NOTEBOOK: json.dumps(read).encode()}


def is_an_exercise(cell):
    """Whether a student writes in it."""
    return "exercise" in cell["metadata"]


CHANGES = {
    "deleting_the_lessons_cells": lambda files: lesson(files, keep=is_an_exercise),
    "editing_the_lessons_cells": lambda files: lesson(files, source=HOSTILE.decode()),
    "breaking_the_notebook": lambda files: {NOTEBOOK: files[NOTEBOOK][:-9]},
    "editing_the_public_checks": lambda _: {"checks/test_purse.py": PASSING},
    "editing_what_they_expect": lambda _: {EXPECTED_FILE: b"{}"},
    "editing_a_given_module": lambda _: {"pocket/coin.py": HOSTILE},
    "editing_the_package": lambda _: {"pocket/__init__.py": b"def __getattr__(name): return lambda *a: 3\n"},
    "bringing_a_standard_library": lambda _: {"json.py": HOSTILE, "random.py": HOSTILE, "pocket/json.py": HOSTILE},
    "bringing_a_numpy": lambda _: {"numpy/__init__.py": HOSTILE, "numpy/random.py": HOSTILE},
    "bringing_another_autograd": lambda _: {"torch/__init__.py": HOSTILE, "pocket/torch.py": HOSTILE},
    "bringing_hooks_of_python": lambda _: {"sitecustomize.py": HOSTILE, "usercustomize.py": HOSTILE, "x.pth": HOSTILE},
    "bringing_hooks_of_pytest": lambda _: {"conftest.py": HOSTILE, "checks/conftest.py": HOSTILE},
    "bringing_compiled_code": lambda _: {"pocket/__pycache__/purse.cpython-311.pyc": bytes(64), "pocket/purse.so": b""},
}


@pytest.mark.parametrize("name", CHANGES)
def test_cannot_gain_or_lose_by(tiny_answers, tiny_plan, notebook_room, tmp_path, name):
    """Ada, who has written everything, has all points; Eve, who has written nothing, has none; no lesson is another."""
    stubs = tiny_plan.workspaces["en"]
    ada = grade(hand_in(tmp_path / "ada", tiny_answers | CHANGES[name](tiny_answers)), tiny_plan, notebook_room.sandbox)
    eve = grade(hand_in(tmp_path / "eve", stubs | CHANGES[name](stubs)), tiny_plan, notebook_room.sandbox)
    assert {verdict.outcome for verdict in ada.verdicts} == {Outcome.PASSED}
    assert {verdict.outcome for verdict in eve.verdicts} == {Outcome.ERRORED}
    notebooks = [data for path, data in ada.files.items() if path.startswith("notebooks/")]
    assert len(notebooks) == (name != "breaking_the_notebook")
    assert all(b"coins: [1, 2]" in data and b"hostile" not in data for data in notebooks)


def test_the_module_is_what_counts(tiny_answers, tiny_plan, notebook_room, tmp_path):
    """The same lines where a student writes them do change what comes of it."""
    found = grade(hand_in(tmp_path / "ada", tiny_answers | {MODULE: HOSTILE}), tiny_plan, notebook_room.sandbox)
    assert not {Outcome.PASSED, Outcome.UNGRADED} & {verdict.outcome for verdict in found.verdicts}
