"""Results are read back from the folder of a run."""

import pytest
from msgspec.structs import replace

from autograder.grading.finished import of_student, read_results
from autograder.model.errors import UsageError
from autograder.report.exports.records import result_json
from tests.report.samples import ANN, BOB


@pytest.fixture
def run(tmp_path):
    """A folder with two results."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "a.json").write_bytes(result_json(BOB[0]))
    (tmp_path / "results" / "b.json").write_bytes(result_json(ANN[0]))
    return tmp_path


def test_results_come_in_the_order_of_names(run):
    """Whatever the files are called."""
    assert read_results(run) == (ANN[0], BOB[0])


def test_one_students_result(run):
    """Or a sentence that names twenty at most."""
    assert of_student(read_results(run), "bob") == BOB[0]
    with pytest.raises(UsageError, match="no result is eve's; the students are ann, bob"):
        of_student(read_results(run), "eve")
    with pytest.raises(UsageError, match=r"the students are s10, .*, s29 and 2 more"):
        of_student([replace(BOB[0], student=f"s{number}") for number in range(10, 32)], "eve")


def test_a_folder_without_results(tmp_path):
    """The sentence says which folder is wanted."""
    with pytest.raises(UsageError, match=r"holds no results; name the folder that `autograder grade` wrote with --out"):
        read_results(tmp_path)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"student": "ann", "extra": 1}'])
def test_a_file_that_is_no_result(run, data):
    """It is named; nothing is guessed."""
    (run / "results" / "b.json").write_bytes(data)
    with pytest.raises(UsageError, match=r"b\.json: is no result \(.*\); grade again with --out"):
        read_results(run)
