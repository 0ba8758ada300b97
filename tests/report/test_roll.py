"""A class of any size is gathered in little memory."""

import tracemalloc

from msgspec.structs import replace

from autograder.model.verdict import Outcome
from autograder.report import Roll, row
from tests.report.samples import ANN, BOB, CHECKS, DAN, FINDING, NOTHING, graded, roll_of


def test_a_row_is_what_a_table_shows():
    """Points of each unit and the total, None while they aren't known, and how many problems there are."""
    assert (row(DAN[0]).score, row(DAN[0]).units) == (None, {"edge": 2, "node": None})
    assert (row(BOB[0]).score, row(BOB[0]).problems, row(ANN[0]).problems) == (2, 1, 0)


def test_the_points_of_a_unit_are_those_of_who_is_not_excused():
    """The most that anybody has."""
    excused = replace(ANN[0], units=tuple(replace(unit, max_score=0.0) for unit in ANN[0].units))
    assert roll_of([(excused, ANN[1]), ANN]).most == {"edge": 2, "node": 4}


def test_of_a_result_only_a_row_is_kept():
    """Two kilobytes a student at most, though each result has a line for each of 500 checks."""
    roll = Roll(CHECKS)

    def gather(start, end):
        for number in range(start, end):
            result, verdicts = graded(f"s{number}", {"test_loop": (Outcome.FAILED, NOTHING)}, (FINDING,))
            lines = [replace(line, id=f"{line.id}{copy}") for copy in range(100) for line in result.checks]
            roll.add(replace(result, checks=tuple(lines)), verdicts)

    tracemalloc.start()
    gather(0, 20)
    before, _ = tracemalloc.get_traced_memory()
    gather(20, 120)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (after - before) / 100 < 2000
