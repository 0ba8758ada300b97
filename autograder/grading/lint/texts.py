"""Rules about languages: what students read is there in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.build.messages import stale, untranslated
from autograder.grading.lint.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.grading.lint.draft import Draft


def translations(draft: Draft) -> Iterator[Fault]:
    """The catalogues translate all that students read, and nothing else."""
    for finding in untranslated(draft.course):
        language = finding.values["language"]
        remedy = f"`autograder translate --lang {language}` writes it into the catalogue, and you translate it there"
        yield Fault(file=finding.file, message=f"{finding}; {remedy}")
    for finding in stale(draft.course):
        yield Fault(file=finding.file, message=f"{finding}; `autograder translate` takes it out")
