"""Student code cannot send what it saw of a hidden check, or of its numbers, to where a student reads it."""

import dataclasses
from textwrap import indent

import msgspec
import pytest
from msgspec.structs import replace

from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.grading.examiner import examine
from autograder.grading.grader import grade
from autograder.model.result import Result
from autograder.model.submission import Submission
from autograder.model.verdict import Outcome
from autograder.probe.running import random_numbers
from autograder.report.exports.github_classroom import github_classroom
from autograder.report.exports.gradescope import gradescope_json
from autograder.report.exports.junit import junit_xml
from tests.hostile.test_reading import SCAN
from tests.hostile.test_reading import SECRET as HIDDEN
from tests.hostile.tiny import MODULE, NOTEBOOK, SEED, hand_in, with_cell

pytestmark = pytest.mark.sandbox
SECRET = "hidden comment"  # stands in the hidden check's source alone
SPY = """
import gc, linecache, sys
def sources():
    found = [each["source"] for each in gc.get_objects() if type(each) is dict and type(each.get("source")) is str]
    frame = sys._getframe()
    while frame is not None:
        found += [str(value) for value in [*frame.f_locals.values()] if "def test" in str(value)]
        frame = frame.f_back
    return "\\n".join(found)
def total(purse):
    stolen = str([coin.cents for coin in purse.coins]) + sources()
"""
CHANNELS = {
    "what_it_prints": "print(stolen); print(stolen, file=sys.stderr); return 0",
    "file_descriptors": "import os; os.write(1, stolen.encode()); os.write(2, stolen.encode()); return 0",
    "an_answer": "return stolen",
    "an_exception": "raise ValueError(stolen)",
    "an_exceptions_name": "raise type(stolen[:4000], (Exception,), {})(stolen)",
    "the_name_of_a_function": "exec(compile('def f(): raise ValueError\\nf()', stolen[:4000], 'exec'))",
    "a_warning": "import warnings; warnings.warn(stolen); return 0",
    "its_end": "sys.exit(stolen)",
    "a_broken_answer": "import os\n    for number in range(3, 9):\n        try: os.write(number, stolen.encode())\n"
    "        except OSError: pass\n    return 0",
    "a_file": "try: open('/tmp/stolen', 'w').write(stolen)\n    except OSError: pass\n    return 0",
    "a_module": "import pocket, sys; pocket.stolen = sys.stolen = stolen; linecache.cache['stolen'] = stolen; return 0",
}
TELL = """
import os, sys, pocket
print(getattr(sys, 'stolen', ''), getattr(pocket, 'stolen', ''))
print(open('/tmp/stolen').read() if os.path.exists('/tmp/stolen') else '')
"""


@pytest.fixture
def numbers(tiny_plan):
    """What the coins of the hidden check are worth."""
    hidden = tiny_plan.checks[-1]
    return [str(cents) for cents in random_numbers(SEED, hidden.id).integers(1, 10**6, size=5)]


@pytest.fixture
def graded(tiny, tiny_plan, notebook_room, tmp_path):
    """Grade a module that ends with these lines, and a notebook that tells what it finds."""

    def run(lines, language="en"):
        answers = workspace_files(tiny, edition_of(tiny, language, answers=True))
        written = {MODULE: answers[MODULE] + lines.encode(), NOTEBOOK: with_cell(answers[NOTEBOOK], TELL)}
        found = hand_in(tmp_path / "eve", {**answers, **written})
        return grade(found, tiny_plan, notebook_room.sandbox)

    return run


def shown(graded):
    """All that any student's page, notebook or export holds."""
    result = msgspec.json.decode(graded.files["results/eve.json"], type=Result)
    exports = gradescope_json(result), junit_xml(result), github_classroom(result).encode()
    pages = [data for path, data in graded.files.items() if path.startswith(("feedback/", "notebooks/"))]
    return b"\n".join([*pages, *exports, *(str(each).encode() for each in graded.findings)]).decode()


@pytest.mark.parametrize("name", CHANNELS)
def test_cannot_send_out_a_hidden_check_by(graded, numbers, name):
    """The code that a check runs finds its source and its numbers; no student's page, notebook or export has them."""
    found = graded(f"{SPY}    {CHANNELS[name]}\n")
    assert [verdict.outcome is Outcome.PASSED for verdict in found.verdicts] == [False, False]
    assert [secret for secret in (SECRET, *numbers) if secret in shown(found)] == []


@pytest.mark.parametrize("name", ["an_answer", "an_exception", "the_name_of_a_function"])
def test_cannot_send_it_to_a_page_in_chinese_by(graded, numbers, name):
    """What a page says of hidden checks is as little in every language."""
    found = graded(f"{SPY}    {CHANNELS[name]}\n", language="zh")
    assert '<html lang="zh">' in found.files["feedback/eve.html"].decode()
    assert [secret for secret in (SECRET, *numbers) if secret in shown(found)] == []


def test_the_spy_is_one(graded, numbers):
    """The instructor's page shows what it found: without the rule the student's would, too."""
    page = graded(f"{SPY}    {CHANNELS['an_answer']}\n").files["students/eve.html"].decode()
    assert [secret for secret in (SECRET, *numbers) if secret not in page] == []


def test_cannot_find_an_expected_value_in_its_own_memory(tiny_answers, tiny_plan, notebook_room, tmp_path):
    """What is expected never enters a process that runs student code, nor the one that this is forked from."""
    expected = {check: replace(transcript, output=HIDDEN) for check, transcript in tiny_plan.expected.items()}
    module = tiny_answers[MODULE] + f"\ndef total(purse):\n{indent(SCAN, '    ')}".encode()
    submission = Submission(student="eve", files={**tiny_answers, MODULE: module}, digest="")
    plan = dataclasses.replace(tiny_plan, expected=expected)
    public, hidden = examine(submission, plan, notebook_room.sandbox)
    assert (public.outcome, hidden.outcome) == (Outcome.FAILED, Outcome.FAILED)
    assert public.output == "0\n"
