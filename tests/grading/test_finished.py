"""Results are read back from the folder of a run."""

import tracemalloc

import pytest
from msgspec.structs import replace

from autograder.grading.finished import of_student, results_by_name
from autograder.model.errors import UsageError
from autograder.report.exports.records import result_json, results_json
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
    assert list(results_by_name(run)) == [ANN[0], BOB[0]]


def test_one_students_result(run):
    """Or a sentence that names twenty at most."""
    assert of_student(results_by_name(run), "bob") == BOB[0]
    with pytest.raises(UsageError, match="no result is eve's; the students are ann, bob"):
        of_student(results_by_name(run), "eve")
    with pytest.raises(UsageError, match=r"the students are s10, .*, s29 and 2 more"):
        of_student([replace(BOB[0], student=f"s{number}") for number in range(10, 32)], "eve")


def test_a_folder_without_results(tmp_path):
    """The sentence says which folder is wanted."""
    with pytest.raises(UsageError, match=r"holds no results; name the folder that `autograder grade` wrote with --out"):
        next(results_by_name(tmp_path))


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"student": "ann", "extra": 1}'])
def test_a_file_that_is_no_result(run, data):
    """It is named, before any other is given; nothing is guessed."""
    (run / "results" / "b.json").write_bytes(data)
    with pytest.raises(UsageError, match=r"b\.json: is no result \(.*\); grade again with --out"):
        next(results_by_name(run))


def test_one_result_is_held_at_a_time(tmp_path):
    """However many there are: ten times as many need no more memory to be written as one array."""

    def peak(count):
        run = tmp_path / str(count)
        (run / "results").mkdir(parents=True)
        for number in range(count):
            long = replace(BOB[0], student=f"s{number:03}", level="x" * 100_000)
            (run / "results" / f"{number}.json").write_bytes(result_json(long))
        tracemalloc.start()
        size = sum(map(len, results_json(results_by_name(run))))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return size, most

    (small, some), (large, more) = peak(5), peak(50)
    assert large > 9 * small
    assert more < 1.2 * some
