"""Gradescope's export of submissions: a folder for each, and `submission_metadata.yml`, which says whose it is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import yaml

from autograder.grading.findings import printable, problem
from autograder.grading.intake import Found
from autograder.grading.sources.source import Discovery
from autograder.grading.stores import Place
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.model.language import sentence

METADATA = "submission_metadata.yml"
_EMPTY = sentence("no files are in the download of this submission: download it again, or ask the student")


class _Submitter(msgspec.Struct):
    """A student; Gradescope's keys are Ruby's symbols."""

    name: str | None = msgspec.field(name=":name", default=None)
    sid: str | int | None = msgspec.field(name=":sid", default=None)
    email: str | None = msgspec.field(name=":email", default=None)

    @property
    def student(self) -> StudentId:
        return StudentId(printable(str(self.sid or self.email or self.name or "")))


class _Submission(msgspec.Struct):
    submitters: tuple[_Submitter, ...] = msgspec.field(name=":submitters")
    history: tuple[Any, ...] | None = msgspec.field(name=":history", default=None)
    created_at: datetime | None = msgspec.field(name=":created_at", default=None)

    @property
    def received_at(self) -> datetime | None:
        """When it was handed in; a time without a zone is UTC, as YAML has it."""
        at = self.created_at
        return at if at is None else at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)


def gradescope(entries: Sequence[Place]) -> Discovery | None:
    """The students of an export from Gradescope; a group's submission is each member's.

    Raises:
        UsageError: its metadata can't be understood.
    """
    metadata = next((entry for entry in entries if entry.name == METADATA), None)
    if metadata is None:
        return None
    submissions = _read(metadata)
    notices = (
        f"{printable(entry.name)}: {METADATA} does not name it, left aside: give it back the name it had in the export"
        for entry in entries
        if entry != metadata and entry.name not in submissions
    )
    folders = {entry.name: entry for entry in entries if entry.is_dir()}
    return Discovery(tuple(_found(folders, submissions)), tuple(notices))


def _found(folders: Mapping[str, Place], submissions: Mapping[str, _Submission]) -> Iterator[Found]:
    for name, submission in submissions.items():
        path = folders.get(name)
        findings = () if path else (problem(printable(name), _EMPTY),)
        for submitter in submission.submitters:
            yield Found(
                submitter.student,
                path,
                attempt=len(submission.history or ()) + 1,
                received_at=submission.received_at,
                findings=findings,
                names=_names(submitter),
            )


def _names(submitter: _Submitter) -> tuple[str, ...]:
    return tuple(str(each) for each in (submitter.sid, submitter.email, submitter.name) if each)


def _read(file: Place) -> Mapping[str, _Submission]:
    try:
        content = yaml.load(file.read_bytes(), _Loader)  # noqa: S506 - a safe loader, which makes plain values only
        return msgspec.convert(content, dict[str, _Submission])
    except (OSError, yaml.YAMLError, ValueError, msgspec.ValidationError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"{file}: is not as Gradescope writes it ({reason}); export the submissions again") from error


class _Loader(yaml.CSafeLoader):
    """Reads values that carry Ruby's types as plain ones."""


def _untyped(loader: yaml.CSafeLoader, _: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return str(node.value)


_Loader.add_multi_constructor("!", _untyped)
