"""What an address covers, and what it leaves out."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as with_fields

from autograder.grading.addresses import Addresses
from autograder.grading.plan import Plan
from autograder.model.check import Visibility
from autograder.model.course import Unit
from autograder.model.transcript import Count, Entry, Transcript
from autograder.model.verdict import Outcome, Verdict
from autograder.sandbox.level import Level
from tests.grading.fakes import RIGHT, check

CHECK, FILES = check("one"), {"pocket/purse.py": b"worth = 1\n", "pocket/coin.py": b"\n"}
VERSIONS = {"Python": "3.11.2", "numpy": "2.0", "autograder": "a1", "judging": "j1"}


@pytest.fixture
def plan(course):
    """A plan of one check."""
    checks, expected = (CHECK,), {"one": RIGHT}
    return Plan(course, checks, expected, {}, 42, Level.NAMESPACES, {}, (), "en", VERSIONS)


def both(plan, of=CHECK, files=FILES):
    """The address of whatever verdict, and that of a pass."""
    addresses = Addresses(files, plan)
    return addresses.of_check(of), addresses.of_pass(of)


def with_limits(plan, **limits):
    """The plan with other limits."""
    return replace(plan, course=with_fields(plan.course, limits=with_fields(plan.course.limits, **limits)))


@pytest.mark.parametrize(
    "changed",
    [
        lambda plan: both(plan, files=FILES | {"pocket/purse.py": b"worth = 2\n"}),
        lambda plan: both(plan, files=FILES | {"pocket/coin.py": b"given = 1\n"}),
        lambda plan: both(plan, with_fields(CHECK, source=CHECK.source.replace("1", "2"))),
        lambda plan: both(plan, with_fields(CHECK, arguments={"x": 1})),
        lambda plan: both(plan, with_fields(CHECK, visibility=Visibility.PUBLIC)),
        lambda plan: both(
            replace(plan, expected={"one": Transcript(entries=(Entry(line=2, observation=Count(count=2)),))})
        ),
        lambda plan: both(replace(plan, seed=43)),
        lambda plan: both(replace(plan, level=Level.NONE)),
        lambda plan: both(replace(plan, software=VERSIONS | {"numpy": "2.1"})),
        lambda plan: both(replace(plan, software=VERSIONS | {"Python": "3.12.0"})),
        lambda plan: both(replace(plan, software=VERSIONS | {"judging": "j2"})),
        lambda plan: both(with_limits(plan, check_cpu_s=9.0)),
        lambda plan: both(with_limits(plan, memory_mib=64)),
    ],
    ids=[
        "the student's file",
        "a given file",
        "the check's source",
        "its parameters",
        "its visibility",
        "what the reference shows",
        "the seed",
        "the isolation",
        "a package",
        "Python",
        "what judges",
        "the time",
        "the memory",
    ],
)
def test_whatever_decides_a_verdict_changes_its_address(plan, changed):
    """Each of these by itself."""
    assert not set(both(plan)) & set(changed(plan))


def test_a_failure_hangs_on_how_later_units_are_handed_out(plan):
    """What has failed was tried with them as well; what has passed was not."""
    later = Unit(id="bank", title={"en": "The bank", "zh": "银行"}, modules=("bank.py",))
    course = with_fields(plan.course, units=(*plan.course.units, later))
    texts = (b"", b"balance = 0\n")
    one, other = (both(replace(plan, course=course, workspaces={"en": {"pocket/bank.py": text}})) for text in texts)
    assert one[0] != other[0]
    assert one[1] == other[1]


def test_what_decides_no_verdict_leaves_its_address(plan):
    """Points, titles and hints; our own code that only writes pages; the public checks' seed where it is hidden."""
    renamed = with_fields(CHECK, points=7.0, title="Another.", hints={"en": "Look."})
    other = replace(plan, software=VERSIONS | {"autograder": "a2"}, course=with_fields(plan.course, home_seed=99))
    assert both(other, renamed) == both(plan)


def test_a_check_that_has_only_moved_keeps_its_passes(plan):
    """A line was added above it: what passed names no lines, what didn't does."""
    moved = with_fields(CHECK, source="\n" + CHECK.source, line=2)
    below = replace(plan, expected={"one": Transcript(entries=(Entry(line=3, observation=Count(count=1)),))})
    assert both(below, moved)[1] == both(plan)[1]
    assert both(below, moved)[0] != both(plan)[0]


def test_a_verdict_is_kept_under_the_address_that_fits_it(plan):
    """By its outcome."""
    addresses = Addresses(FILES, plan)
    passed, failed = (Verdict(check="one", outcome=outcome) for outcome in (Outcome.PASSED, Outcome.FAILED))
    assert (addresses.of(CHECK, failed), addresses.of(CHECK, passed)) == both(plan)


def test_notebooks_have_an_address_of_their_own(plan):
    """Of their cells, and of what these import."""
    lesson = {"lessons/01.ipynb": b"{}"}
    here = Addresses(FILES, plan).of_notebooks(lesson)
    assert here == Addresses(dict(FILES), plan).of_notebooks(dict(lesson))
    assert here != Addresses(FILES, plan).of_notebooks({"lessons/01.ipynb": b"{ }"})
    assert here != Addresses(FILES | {"pocket/purse.py": b""}, plan).of_notebooks(lesson)
