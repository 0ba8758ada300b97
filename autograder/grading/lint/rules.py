"""The table of rules, and how a course is held against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.grading.lint import exercises, known, links, secrets, templates, texts, trials
from autograder.grading.lint.fault import Fault, broken
from autograder.model.errors import CourseError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.grading.lint.draft import Draft

Rule = Callable[["Draft"], Iterator[Fault]]

RULES: Mapping[str, Rule] = {  # the quick ones first; those that run the course's code last
    "builds": templates.builds,
    "strays": templates.strays,
    "python": templates.python,
    "answers-are-the-reference": templates.answers,
    "same-cells": templates.cells,
    "hints": exercises.hints,
    "checks": exercises.checks,
    "translations": texts.translations,
    "links": links.links,
    "nothing-hidden": secrets.secrets,
    "imports": trials.imports,
    "untouched": trials.untouched,
    "stubs": trials.stubs,
    "answers": trials.answers,
    "later-units": trials.later_units,
    "lessons": trials.lessons,
    "mutants": known.mutants,
    "variants": known.variants,
}


def chosen(names: Sequence[str]) -> Mapping[str, Rule]:
    """The rules of these names, in the table's order; all of them where none is named.

    Raises:
        UsageError: there is no such rule.
    """
    for name in names:
        if name not in RULES:
            raise UsageError(f'there is no rule "{name}"; the rules are {", ".join(RULES)}')
    return {name: rule for name, rule in RULES.items() if not names or name in names}


def lint(
    draft: Draft, rules: Mapping[str, Rule] = RULES, tell: Callable[[str], object] = lambda _: None
) -> Iterator[Fault]:
    """What the rules find; a fault that another rule has found already is left out.

    What keeps a rule from being looked after at all is a fault, too. `tell` hears of each rule before it is looked
    after.

    Raises:
        MachineError: the machine can't run the course's code.
    """
    found: set[tuple[str, str]] = set()
    for name, rule in rules.items():
        tell(name)
        for fault in _found(draft, rule):
            if (fault.file, fault.message) not in found:
                found.add((fault.file, fault.message))
                yield replace(fault, rule=name)


def _found(draft: Draft, rule: Rule) -> Iterator[Fault]:
    try:
        yield from rule(draft)
    except CourseError as error:
        yield broken(draft.course, error)
