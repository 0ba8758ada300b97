"""The verdict on one check: the first place at which two transcripts part. Pure; takes any transcript there can be."""

from __future__ import annotations

from msgspec.msgpack import encode
from msgspec.structs import replace

from autograder.checks.causes import (
    RAISES,
    RAISES_ANOTHER,
    RAISES_NOTHING,
    RAISES_UNWRITTEN,
    TOO_MUCH,
    blamed,
    parted,
    unwanted,
)
from autograder.checks.graphs import graph_cause
from autograder.checks.sight import Sight, sights
from autograder.checks.values import Tolerance, digits, shown, tensor_cause, value_cause
from autograder.model.check import Check, Visibility
from autograder.model.transcript import (
    Alive,
    Count,
    Entry,
    Grad,
    Graph,
    Identical,
    Observation,
    Order,
    Raised,
    Seen,
    Transcript,
)
from autograder.model.verdict import Cause, Outcome, Verdict


def compare(expected: Transcript, found: Transcript, check: Check) -> Verdict:
    """What to make of a candidate's transcript, held against the reference's.

    The expected transcript is one that `expected.observe` has let pass: complete, and without a failure.
    """
    cause = _first_difference(expected, found, check)
    outcome = Outcome.PASSED if cause is None else Outcome.FAILED
    if cause is None and found.failure is not None:
        outcome, cause = Outcome.ERRORED, blamed(found.failure)
    output = found.output if check.visibility is Visibility.PUBLIC else ""
    return Verdict(check=check.id, outcome=outcome, cause=cause, output=output)


def _first_difference(expected: Transcript, found: Transcript, check: Check) -> Cause | None:
    """The first difference in what was seen; None as well where an exception ended the body before any."""
    if not found.is_cut and _are_the_same(expected.entries, found.entries):
        return None  # of most students' most checks, where nothing is near but not the same
    told = sights(check.source)
    for entry, other in zip(expected.entries, found.entries, strict=False):
        cause = _entry_cause(entry, other, told.get(entry.line, Sight()))
        if cause is not None:
            return cause
    if found.is_cut:
        return Cause(message=TOO_MUCH, values={"count": str(len(found.entries))})
    if len(found.entries) > len(expected.entries):
        extra = found.entries[len(expected.entries)]
        return _at(extra, unwanted(told.get(extra.line, Sight()).argument(), _kind(extra.observation)))
    if len(found.entries) < len(expected.entries) and found.failure is None:
        missing = expected.entries[len(found.entries)]
        return _at(missing, parted(told.get(missing.line, Sight()).argument(), _kind(missing.observation), None))
    return None


def _are_the_same(expected: tuple[Entry, ...], found: tuple[Entry, ...]) -> bool:
    """Whether nothing differs, not even as `True` does from 1, which are equal."""
    return expected == found and encode(expected) == encode(found)


def _entry_cause(entry: Entry, other: Entry, sight: Sight) -> Cause | None:
    if entry.label != other.label:
        return _at(entry, parted(sight.argument(), repr(entry.label), repr(other.label)))
    cause = _observation_cause(entry.observation, other.observation, sight)
    if cause is None or cause.difference is None:
        return cause
    if isinstance(entry.observation, Graph) and isinstance(other.observation, Graph):
        pair = (entry.observation, other.observation)
        cause = replace(cause, difference=replace(cause.difference, graphs=pair))
    return _at(entry, cause)


def _at(entry: Entry, cause: Cause) -> Cause:
    """The cause with the check's line; where the entry has a label, it stands behind the path."""
    if cause.difference is None:
        return cause
    path = cause.difference.path if entry.label is None else f"{cause.difference.path} ({entry.label})"
    difference = replace(cause.difference, path=path, line=entry.line)
    return replace(cause, difference=difference, values={**cause.values, "path": path})


def _observation_cause(  # noqa: PLR0911 - one for each kind
    expected: Observation, found: Observation, sight: Sight
) -> Cause | None:
    path = sight.argument()
    match expected, found:
        case Graph(), Graph():
            return graph_cause(expected, found, sight)
        case Seen(), Seen():
            return value_cause(path, expected.value, found.value, Tolerance(rtol=expected.rtol, atol=expected.atol))
        case Grad(), Grad():
            return _grad_cause(f"{path}.grad", expected, found)
        case Raised(), Raised():
            return _raised_cause(sight.block, expected, found)
        case Order(), Order():
            return _order_cause(path, expected, found)
        case Count(), Count():
            return _plain_cause(path, expected.count, found.count)
        case Alive(), Alive():
            return _plain_cause(f"{path}() is not None", expected.is_alive, found.is_alive)
        case Identical(), Identical():
            return _plain_cause(f"{path} is {sight.argument(1)}", expected.is_identical, found.is_identical)
        case _:
            return parted(path, _kind(expected), _kind(found))


def _grad_cause(path: str, expected: Grad, found: Grad) -> Cause | None:
    if expected.value is None or found.value is None:
        is_same = expected.value is found.value
        return None if is_same else parted(path, shown(expected.value), shown(found.value))
    return tensor_cause(path, expected.value, found.value, Tolerance(rtol=expected.rtol, atol=expected.atol))


def _raised_cause(path: str, expected: Raised, found: Raised) -> Cause | None:
    if (expected.type, expected.text) == (found.type, found.text):
        return None
    if found.type is None:
        return parted(path, _error(expected), "no exception", RAISES_NOTHING)
    if found.type == "NotImplementedError" and expected.type != found.type:
        return parted(path, _error(expected), _error(found), RAISES_UNWRITTEN)
    message = RAISES if expected.type is None else RAISES_ANOTHER
    return parted(path, _error(expected), _error(found), message)


def _error(raised: Raised) -> str:
    if raised.type is None:
        return "no exception"
    return raised.type[:100] if raised.text is None else f"{raised.type[:100]}({raised.text[:500]!r})"


def _order_cause(path: str, expected: Order, found: Order) -> Cause | None:
    for index, event in enumerate(expected.events):
        other = found.events[index] if index < len(found.events) else None
        if event != other:
            return parted(f"{path}[{index}]", repr(event), None if other is None else repr(other[:100]))
    if len(found.events) > len(expected.events):
        return unwanted(f"{path}[{len(expected.events)}]", repr(found.events[len(expected.events)][:100]))
    return None


def _plain_cause(path: str, expected: int, found: int) -> Cause | None:
    return None if expected == found else parted(path, str(expected), digits(found))


def _kind(observation: Observation) -> str:
    return f"see.{type(observation).__struct_config__.tag}"
