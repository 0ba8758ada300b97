"""One result as JSON, all results, and the schema."""

import json

import msgspec
import pytest
from jsonschema import validate
from msgspec.structs import replace

from autograder.model.result import Result
from autograder.report.exports.records import result_json, result_schema, results_json
from tests.report.samples import BOB, RESULTS


def test_a_result_comes_back_from_its_json():
    """What is written is what is read, strictly."""
    text = result_json(BOB[0])
    assert msgspec.json.decode(text, type=Result) == BOB[0]
    assert text == result_json(BOB[0])
    assert text.startswith(b'{\n  "student": "bob",\n  "score": 2.0,')
    assert text.endswith(b"}\n")


def test_all_results_are_one_array():
    """In the order given."""
    assert msgspec.json.decode(b"".join(results_json(RESULTS)), type=tuple[Result, ...]) == RESULTS


ODD = replace(BOB[0], student='a\nb\u2028"', units=(), checks=(), findings=())


@pytest.mark.parametrize("results", [(), RESULTS[:1], RESULTS, (*RESULTS, ODD)])
def test_an_array_in_parts_has_the_bytes_of_one_that_was_made_at_once(results):
    """Indented alike, whatever stands in it."""
    whole = msgspec.json.format(msgspec.json.encode(results), indent=2) + b"\n"
    assert b"".join(results_json(results)) == whole


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.student)
def test_every_result_fits_the_schema(result):
    """The schema describes what is written."""
    validate(json.loads(result_json(result)), json.loads(result_schema()))


def test_the_schema_names_every_field():
    """Fields and outcomes stand in the schema by name."""
    schema = json.loads(result_schema())
    definitions = schema["$defs"]
    assert set(definitions["Result"]["required"]) == {
        "student",
        "score",
        "max_score",
        "units",
        "checks",
        "findings",
        "level",
    }
    assert "timed out" in definitions["Outcome"]["enum"]
