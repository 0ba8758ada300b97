"""The table of rules: a whole course keeps all of them, and what keeps a rule from being looked after is told once."""

from __future__ import annotations

import pytest

from autograder.grading.lint.rules import RULES, chosen
from autograder.model.errors import UsageError
from tests.grading.lint.places import EXERCISE, SKELETON


def test_a_new_course_keeps_every_rule(told):
    """Nothing is found in a course as `autograder new` writes it."""
    assert told() == []


def test_a_fault_that_several_rules_meet_is_told_once(told, bend):
    """A template that can't be rendered is one finding, though most rules need what it makes."""
    bend(SKELETON, EXERCISE, "")
    [sentence] = told()
    assert sentence == f'{SKELETON}: lacks the exercises moving.average; write <%= exercise("…") %> for each [builds]'


def test_only_the_rules_that_are_named_are_looked_after(told, bend):
    """Other faults are not told, and the table's order is kept."""
    bend(SKELETON, EXERCISE, "")
    assert told("hints") == []
    assert list(chosen(["links", "builds"])) == ["builds", "links"]
    assert chosen([]) == RULES


def test_an_unknown_rule_is_refused():
    """The sentence names the rules there are."""
    with pytest.raises(UsageError, match='there is no rule "hint"; the rules are builds, strays, '):
        chosen(["hint"])
