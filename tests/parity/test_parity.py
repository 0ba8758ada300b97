"""What is taught is what PyTorch does: the reference reproduces PyTorch's recorded transcripts."""

import importlib.util
import json
import warnings

import msgspec
import pytest

from autograder.checks.compare import compare
from autograder.model.check import Check
from autograder.model.transcript import Transcript
from autograder.model.verdict import Outcome
from autograder.probe import unload
from tests.parity.running import SEEDS, pytorch, recorded_file, reference, torch_checks, transcript

CHECKS = {f"{recorded_file(check).stem}-{check.id}": check for check in torch_checks()}


@pytest.fixture(scope="module")
def mytorch():
    """The reference, loaded once; what was loaded before comes back."""
    yield reference()
    unload()


@pytest.fixture(scope="module")
def torch():
    """Real PyTorch, where it is installed."""
    if importlib.util.find_spec("torch") is None:
        pytest.skip("PyTorch is not installed: pip install autograd-course[torch]")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield pytorch()
    unload()


def recorded(check: Check) -> dict[int, Transcript]:
    """PyTorch's transcripts of a check, by seed."""
    found = json.loads(recorded_file(check).read_text(encoding="utf-8"))[check.id]
    return {int(seed): msgspec.convert(each, Transcript) for seed, each in found.items()}


def refuse_difference(check: Check, expected: Transcript, found: Transcript) -> None:
    """Fail with the first difference."""
    verdict = compare(expected, found, check)
    assert verdict.outcome is Outcome.PASSED, f"{verdict.cause}\n{verdict.cause.difference}\n{found.failure}"


@pytest.mark.parametrize("name", list(CHECKS))
def test_the_reference_does_what_pytorch_did(name, mytorch):
    """The reference's transcript equals the one recorded from PyTorch."""
    check = CHECKS[name]
    for seed, expected in recorded(check).items():
        refuse_difference(check, expected, transcript(check, mytorch, seed))


@pytest.mark.torch
@pytest.mark.parametrize("name", list(CHECKS))
def test_pytorch_still_does_what_it_did(name, torch):
    """Real PyTorch, where it is installed, answers as recorded."""
    check = CHECKS[name]
    for seed, expected in recorded(check).items():
        refuse_difference(check, expected, transcript(check, torch, seed))


def test_nothing_stale_is_recorded():
    """Every recorded transcript belongs to a check, for every seed."""
    files = {recorded_file(check) for check in CHECKS.values()}
    assert files == set(recorded_file(next(iter(CHECKS.values()))).parent.glob("*.json"))
    for file in files:
        wanted = {check.id for check in CHECKS.values() if recorded_file(check) == file}
        found = json.loads(file.read_text(encoding="utf-8"))
        assert set(found) == wanted
        assert all(set(seeds) == {str(seed) for seed in SEEDS} for seeds in found.values())


def test_the_lesson_shows_what_pytorch_recorded(mytorch):
    """The graphs and numbers that the lesson ships are the recorded ones."""
    from lessons.recorded import GRAPHS, NUMBERS  # noqa: PLC0415 - found once the reference is loaded

    found = {}
    for check in CHECKS.values():
        if check.exercise == "parity.lesson":
            found[check.function] = recorded(check)[SEEDS[0]].entries[0].observation
    for name, nodes in GRAPHS.items():
        graph = found.pop(f"test_graph_{name.replace(' ', '_')}")
        shown = [(node.name, [edge.node for edge in node.edges], node.leaf) for node in graph.nodes]
        assert shown == nodes
        assert {edge.input_nr for node in graph.nodes for edge in node.edges} == {0}
    for name, numbers in NUMBERS.items():
        value = found.pop(f"test_numbers_{name.replace(' ', '_')}")
        assert [item.data for item in value.value.items] == numbers
    assert not found
