"""Student code cannot earn points by replaying what it knows, nor change its checks from a notebook."""

import json

import pytest

from autograder.build.edition import edition_of
from autograder.build.expected import home_transcripts
from autograder.build.workspace import build_workspace
from autograder.grading.examiner import examine
from autograder.grading.grader import grade
from autograder.grading.intake import Found, take_in
from autograder.model.verdict import Outcome
from autograder.model.workspace import EXPECTED_FILE
from tests.hostile.tiny import MODULE, NOTEBOOK, hand_in, with_cell

pytestmark = pytest.mark.sandbox


@pytest.fixture
def home(tiny, notebook_room, tmp_path):
    """A workspace as a student gets it, with the transcripts that its public checks expect."""
    sandbox, out = notebook_room.sandbox, tmp_path / "eve"
    build_workspace(tiny, edition_of(tiny, "en"), out, lambda checks: home_transcripts(tiny, sandbox, checks))
    return out


def outcomes(path, plan, room):
    """How the public and the hidden check end on what was handed in."""
    submission = take_in(Found("eve", path), plan.course, plan.workspaces)
    public, hidden = examine(submission, plan, room.sandbox)
    return public.outcome, hidden.outcome


REPLAYED = {
    "a_value": """
def total(purse):
    return EXPECTED[0]["entries"][0]["observation"]["value"]["data"]
""",
    "a_transcript": """
import autograder.sandbox.inside.serve as serve
serve.run = lambda *a: EXPECTED[0]
""",
    "a_patched_observer": """
from autograder.probe.observer import Observer
Observer.value = lambda self, *a, **k: self.entries.append(EXPECTED[0]["entries"][0])
""",
    "the_numbers_of_home": """
import numpy.random
real = numpy.random.default_rng
numpy.random.default_rng = lambda seed: real([HOME, seed[1]])
Purse.put = lambda self, coin: self.coins.append(coin)
def total(purse):
    return sum(coin.cents for coin in purse.coins)
""",
}


@pytest.mark.parametrize("name", REPLAYED)
def test_cannot_earn_by_replaying_home_transcripts(home, tiny_plan, notebook_room, name):
    """What `.course/expected.json` holds passes at home; the hidden checks' numbers come from another seed."""
    expected = list(json.loads((home / EXPECTED_FILE).read_bytes()).values())
    module = home / MODULE
    written = f"\nHOME, EXPECTED = {tiny_plan.course.home_seed}, {expected!r}\nPurse.put = lambda *a: None\n"
    module.write_text(module.read_text() + written + REPLAYED[name])
    assert outcomes(home, tiny_plan, notebook_room) == (Outcome.PASSED, Outcome.FAILED)


FROM_A_CELL = {
    "a_swapped_package": "import sys, types; sys.modules['pocket'] = types.ModuleType('pocket')",
    "a_patched_package": "import pocket; pocket.total = pocket.purse.total = lambda purse: 42",
    "a_patched_observer": "from autograder.probe.observer import Observer; Observer.value = lambda *a, **k: None",
    "a_file": "open('/tmp/pocket.py', 'w').write('total = None')",
    "its_end": "import os; os._exit(0)",
}


@pytest.mark.parametrize("name", FROM_A_CELL)
def test_cannot_change_a_check_from_a_notebook(tiny_answers, tiny_plan, notebook_room, tmp_path, name):
    """A notebook's process is its own: what was written earns its points, what was not earns none."""
    cell = with_cell(tiny_answers[NOTEBOOK], FROM_A_CELL[name])
    ada = hand_in(tmp_path / "ada", {**tiny_answers, NOTEBOOK: cell})
    eve = hand_in(tmp_path / "eve", {**tiny_plan.workspaces["en"], NOTEBOOK: cell})
    found = [grade(each, tiny_plan, notebook_room.sandbox) for each in (ada, eve)]
    assert [{verdict.outcome for verdict in each.verdicts} for each in found] == [{Outcome.PASSED}, {Outcome.ERRORED}]
