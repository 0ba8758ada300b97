"""Rules that run the course, and those about known wrong and other right solutions."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from autograder.build.course import load_course
from autograder.grading.lint.draft import Draft
from autograder.grading.lint.trials import untouched
from autograder.model.errors import MachineError
from autograder.sandbox.machine import probe
from tests.grading.lint.places import ANSWER, EXERCISE, HIDDEN, LESSON, PUBLIC, SKELETON, TOML

GIVEN_AWAY = f'<% call exercise("moving.average") %>\n{ANSWER}\n<% endcall %>'


def test_a_package_that_needs_an_exercise_to_be_imported_is_found(told, bend):
    """Else every check would fail, and none of them for its own reason."""
    bend("solutions/averages/__init__.py", "__all__", "moving_average([1], 1)\n__all__")
    english, chinese = told("imports")
    assert english.startswith("course/skeletons: expected an untouched package that can be imported (en), found ")
    assert "moving_average in averages/moving.py is not written yet; import and call only what is given" in english
    assert "(zh)" in chinese


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("untouched", "expected that it fails on the untouched skeleton, found that it passes; observe what"),
        ("stubs", "expected that it fails without moving_average, found that it passes; observe what"),
    ],
)
def test_a_check_that_a_stub_passes_is_found(told, bend, rule, words):
    """A starter that is an answer earns points for nothing."""
    bend(SKELETON, EXERCISE, GIVEN_AWAY)
    public, hidden = told(rule)
    assert public.startswith(f"{PUBLIC}:7: test_moving::test_each_window_has_its_average: ")
    assert "test_moving::test_any_numbers_at_any_width" in hidden
    assert words in hidden


def test_a_check_that_the_answers_do_not_pass_twice_is_found(told, bend):
    """What a check observes must be the same each time."""
    bend(HIDDEN, "see.value(", "see.count(id(object()) + __import__('time').time_ns())\n        see.value(")
    sentences = told("answers")
    assert len(sentences) == 2
    assert "expected that the answers pass it in en, found failed (" in sentences[0]


HINT = '    "按顺序收集每个窗口的 `sum(window) / width`。",\n]\n'
LATER = """
[[unit]]
id = "sums"
title.en = "Sums"
title.zh = "求和"
modules = ["sums.py"]

[[unit.exercise]]
id = "sums.total"
target = "averages/sums.py::total"
"""


def test_a_check_that_waits_for_a_later_unit_is_found(told, bend):
    """An earlier unit's answer calls what is built after it, so that nobody could do one unit after the other."""
    bend(TOML, HINT, HINT + LATER)
    bend("solutions/averages/sums.py", "", 'def total(values):\n    """The sum."""\n    return sum(values)\n')
    bend("course/skeletons/sums.py.jinja", "", '<%= exercise("sums.total") %>\n')
    bend("solutions/averages/moving.py", "[sum(", "[total(")
    bend("solutions/averages/moving.py", "import Sequence\n", "import Sequence\n\nfrom .sums import total\n")
    public, hidden = told("later-units")
    assert public.startswith(f"{PUBLIC}:7: test_moving::test_each_window_has_its_average: expected that it passes with")
    assert "the units untouched that moving does not need, found total in averages/sums.py is not written yet" in hidden
    assert hidden.endswith("; let what it calls be given or built before, or name the unit in `needs` [later-units]")


def test_a_lesson_that_raises_is_found(told, bend):
    """A cell that needs what is not written yet must say so."""
    bend(LESSON, "except NotImplementedError", "except ValueError")
    english, chinese = told("lessons")
    assert english.startswith(f"{LESSON}: expected a lesson that runs quietly to its end (en, untouched), found ")
    assert "errors were raised when the notebook was run (1, the first: NotImplementedError)" in english
    assert "(zh, untouched)" in chinese


def test_a_lesson_that_warns_is_found(told, bend):
    """What a cell writes to stderr has no place in a lesson, whether or not its exercises are done."""
    bend(LESSON, "import sys\n", "import sys\nimport warnings\n\nwarnings.warn('old', stacklevel=1)\n")
    sentences = told("lessons")
    assert len(sentences) == 4
    assert "(zh, with answers), found on stderr of cell section-2-" in sentences[3]
    assert "warnings.warn('old', stacklevel=1)`; let a cell" in sentences[3]


def test_no_verdict_is_no_finding(course):
    """Where the machine fails, lint ends with a sentence rather than blaming the course."""
    with Draft(load_course(course / "course"), probe().level) as draft:
        draft.sandbox.__exit__(None, None, None)
        with pytest.raises(MachineError, match=r"got no verdict \(the grader failed, .*\); lint the course again"):
            list(untouched(draft))


def test_a_mutant_that_passes_is_found(told, bend):
    """A known mistake that costs nothing shows that a check is missing."""
    bend("solutions/mutants/moving/is_right.py", "", '"""Right after all."""\n')
    [sentence] = told("mutants")
    assert sentence.startswith(
        "solutions/mutants/moving/is_right.py: expected a hidden check of its unit that rejects it"
    )


def test_a_mutant_of_nothing_is_found(told, bend):
    """The folder of a mutant is named for the module that it changes."""
    bend("solutions/mutants/gone/is_wrong.py", "", '"""Wrong."""\n')
    [sentence] = told("mutants")
    assert "is_wrong.py: no module and no lesson is called gone; rename its folder [mutants]" in sentence


def test_known_solutions_that_cannot_be_read_are_found(told, bend):
    """Each is told, and the others are tried all the same."""
    bend("solutions/mutants/moving/a.py", "", "def (\n")
    bend("solutions/mutants/moving/b.py", "", '"""Right after all."""\n')
    bend("solutions/variants/moving/a.py", "", "def (\n")
    first, second, third = told("mutants", "variants")
    assert first == "solutions/mutants/moving/a.py:1: is not Python (invalid syntax) [mutants]"
    assert "moving/b.py: expected a hidden check of its unit that rejects it, found none" in second
    assert third == "solutions/variants/moving/a.py:1: is not Python (invalid syntax) [variants]"


def test_a_variant_that_fails_is_found(told, bend):
    """A right solution that a check rejects shows that the check asks for too much."""
    bend("solutions/variants/moving/keeps_a_running_sum.py", "total / width", "total")
    first, second = told("variants")
    assert "expected that every check accepts it, found that test_moving::test_each_window_has_its_average" in first
    assert "observe what the exercise promises, and no more [variants]" in second


@pytest.mark.skipif(find_spec("ipykernel") is None, reason="ipykernel is not installed")
def test_lessons_run_in_the_kernel_that_the_course_names(told, bend):
    """One that speaks with its kernel needs ipykernel, and runs to its end where course.toml says so."""
    bend(LESSON, "import sys\n", "import sys\n\nassert get_ipython().kernel.implementation\n")
    assert "the first: AttributeError" in told("lessons")[0]
    bend(TOML, 'kernel = "quick"', 'kernel = "ipykernel"')
    assert told("lessons") == []
