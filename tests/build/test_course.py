"""A course is read, or refused with file and key."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.build.course import find_course, load_course
from autograder.build.edition import edition_of
from autograder.build.reference import given_files, reference_files, student_modules
from autograder.model.errors import CourseError, UsageError
from autograder.model.policy import Counted, LateRule, Policy
from tests.tiny_course import write_course

TOML = "course/course.toml"
README = Path(__file__).parents[2] / "README.md"


def test_a_course_is_read(tmp_path):
    """Everything in course.toml arrives in typed records."""
    course = load_course(write_course(tmp_path))
    assert course.title == {"en": "Tiny", "zh": "小课"}
    assert course.solutions == tmp_path / "solutions"
    assert course.limits.check_cpu_s == 1.5
    assert [exercise.id for exercise in course.exercises] == ["purse.put", "purse.total", "first_coins.largest"]
    assert course.exercises[0].hints["zh"] == ("哪个列表？", "`self.coins`")
    assert str(course.exercises[0].target) == "pocket/purse.py::Purse.put"


def test_the_file_itself_may_be_named(tmp_path):
    """A course is its folder or its course.toml."""
    root = write_course(tmp_path)
    assert load_course(root / "course.toml") == load_course(root)


@pytest.mark.parametrize("below", ["", "course", "course/checks"])
def test_a_course_is_found_upward(tmp_path, below):
    """The nearest course.toml counts, beside or above."""
    root = write_course(tmp_path)
    assert find_course(tmp_path / below) == root


def test_no_course_anywhere(tmp_path):
    """Without a course.toml the sentence says which option names one."""
    with pytest.raises(UsageError, match=r"no course\.toml here or above; name the course's folder with --course"):
        find_course(tmp_path)


def test_a_course_that_is_not_there(tmp_path):
    """A path that leads nowhere is the caller's to mend."""
    with pytest.raises(
        UsageError, match=r"nowhere: can't be read \(No such file or directory\); name the course's folder"
    ):
        load_course(tmp_path / "nowhere")


def test_files_of_the_reference(tmp_path):
    """A candidate's files are package and lessons; students are given what isn't theirs to write."""
    course = load_course(write_course(tmp_path, (TOML, '"pocket/**/*.py"', '"pocket/**/*.py", "lessons/*.py"')))
    assert student_modules(course) == ("pocket/purse.py",)
    assert list(given_files(course)) == ["pocket/__init__.py", "pocket/coin.py"]
    assert set(reference_files(course)) == {*given_files(course), "pocket/purse.py", "lessons/first_coins.py"}


def test_an_edition_is_in_a_language_of_the_course(tmp_path):
    """Another language is the caller's to mend."""
    with pytest.raises(UsageError, match='the course "tiny" has no language "fr"; it has en, zh'):
        edition_of(load_course(write_course(tmp_path)), "fr")


FAULTS = [
    ('id = "tiny"', "id = tiny", "is not TOML"),
    ('id = "tiny"', 'id = "tiny"\nidd = 1', r"unknown field `idd` - at `\$\.course`"),
    ('id = "tiny"\n', "", r"missing required field `id` - at `\$\.course`"),
    ("home_seed = 3", 'home_seed = "3"', r"Expected `int`, got `str` - at `\$\.course\.home_seed`"),
    ('languages = ["en", "zh"]', "languages = []", r"course\.languages is empty"),
    ('languages = ["en", "zh"]', 'languages = ["en", "if it"]', 'course.languages "if it" is no language code'),
    ('languages = ["en", "zh"]', 'languages = ["en", "zh", "fr"]', r"course\.title\.fr is missing"),
    ('languages = ["en", "zh"]', 'languages = ["en"]', r"course\.title\.zh is in no language of course\.languages"),
    ('title.zh = "钱包"\n', "", r'unit "purse": title\.zh is missing'),
    ("check_cpu_s = 1.5", "check_cpu_s = 0", r"limits\.check_cpu_s is 0\.0, must be above 0"),
    ("check_cpu_s = 1.5", "check_cpus = 1", r"unknown field `check_cpus` - at `\$\.limits`"),
    ('"../solutions"', '"../elsewhere"', r"course\.solutions .*elsewhere is missing"),
    (
        'package = "pocket"',
        'package = "pocket"\nkernel = "another"',
        r"Invalid enum value 'another' - at `\$\.course\.kernel`; choose quick or ipykernel",
    ),
    ("[limits]", '[policy]\ncounts = "first"\n[limits]', r"`\$\.policy\.counts`; choose last or best"),
    ('package = "pocket"', 'package = "pouch"', r'course\.solutions .* has no package "pouch"'),
    (
        '"pocket/**/*.py"',
        '"checks/*.py"',
        'course.given "checks/.*" is of another folder; only pocket/ and lessons/ can be given',
    ),
    ('"pocket/**/*.py"', '"pocket/*.txt"', r'course\.given "pocket/\*\.txt" matches nothing'),
    ('id = "purse.total"', 'id = "purse.put"', r'unit\.exercise\.id "purse\.put" is there 2 times'),
    ('id = "purse.total"', 'id = "Total"', 'exercise "Total": an id is lower-case words with dots between'),
    ('modules = ["purse.py"]', 'modules = ["purse.py", "purse.py"]', r'unit\.modules "purse\.py" is there 2 times'),
    ('modules = ["purse.py"]', 'modules = ["bag.py"]', 'unit "purse": module "bag.py" is not in .*pocket'),
    ('modules = ["purse.py"]', 'modules = ["coin.py"]', r'module "coin\.py" has no template skeletons/coin\.py\.jinja'),
    ('modules = ["purse.py"]', 'modules = ["purse.py"]\nneeds = ["hat"]', 'needs "hat", which is no earlier unit'),
    ('lesson = "01_first_coins"', 'lesson = "02_more"', r'lesson "02_more" has no template lessons/02_more\.md\.jinja'),
    (
        "pocket/purse.py::total",
        "pocket/coin.py::Coin",
        r"lies in none of its unit's files \(lessons/first_coins\.py, pocket/purse\.py\)",
    ),
    (
        "pocket/purse.py::total",
        "pocket/purse.py::sum",
        'is not there: .*purse.py has no function, method or class "sum"',
    ),
    ('hints.zh = ["哪个列表？", "`self.coins`"]\n', "", r'exercise "purse\.put": hints\.zh is missing'),
    ('hints.zh = ["哪个列表？", "`self.coins`"]', 'hints.zh = ["一"]', "hints have not the same number of rungs"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=[message[:40] for _, _, message in FAULTS])
def test_a_fault_is_named_with_file_and_key(tmp_path, old, new, message):
    """Each thing that can be wrong with course.toml is one sentence that names the file and the key."""
    with pytest.raises(CourseError, match=r"course\.toml: .*" + message):
        load_course(write_course(tmp_path, (TOML, old, new)))


def test_the_answers_of_a_lesson_must_be_there(tmp_path):
    """A lesson's exercise needs its file in the solutions."""
    root = write_course(tmp_path)
    shutil.rmtree(tmp_path / "solutions" / "lessons")
    with pytest.raises(CourseError, match=r'exercise "first_coins\.largest": target .* has no file .*first_coins\.py'):
        load_course(root)


POLICIES = [
    ('counts = "first"', r"Invalid enum value 'first' - at `\$\.policy\.counts`"),
    ("weights = {hat = 1}", 'policy.weights names "hat", which is no unit'),
    ("weights = {purse = -1}", 'policy.weights gives "purse" -1, must be 0 or more'),
    ("drop_lowest = 1", r"policy\.drop_lowest is 1, must leave one of 1 units"),
    ("drop_lowest = -1", r"policy\.drop_lowest is -1, must leave one of 1 units"),
    ("late.percent = 101", r"policy\.late\.percent is 101, must be from 0 to 100"),
    ("late.grace_hours = -1", r"policy\.late\.grace_hours is -1, must be 0 or more"),
    ("late.due = 2026-03-01T23:59:00", r"policy\.late\.due 2026-03-01T23:59:00 has no time zone; write it as"),
    ("late.percent_per_day = 10", r"percent_per_day counts from policy\.late\.due, which is missing"),
]


@pytest.mark.parametrize(("line", "message"), POLICIES, ids=[line for line, _ in POLICIES])
def test_a_policy_that_means_nothing_is_named(tmp_path, line, message):
    """What `[policy]` says wrong is one sentence."""
    with pytest.raises(CourseError, match=r"course\.toml: .*" + message):
        load_course(write_course(tmp_path, (TOML, "[limits]", f"[policy]\n{line}\n\n[limits]")))


def test_a_policy_is_read(tmp_path):
    """With all its rules; without one, the last submission counts as it is."""
    assert load_course(write_course(tmp_path / "without")).policy == Policy()
    rules = 'counts = "best"\nweights = {purse = 2}\nlate = {due = 2026-03-01T23:59:00+01:00, percent_per_day = 10}'
    course = load_course(write_course(tmp_path / "with", (TOML, "[limits]", f"[policy]\n{rules}\n\n[limits]")))
    assert course.policy == Policy(
        counts=Counted.BEST,
        weights={"purse": 2},
        late=LateRule(due=datetime(2026, 3, 1, 22, 59, tzinfo=UTC), percent_per_day=10),
    )


def test_the_readme_names_every_rule_of_a_policy(tmp_path):
    """In an example that a course may have as it stands, its own units apart."""
    example = re.search(r"```toml\n(\[policy\].*?)```", README.read_text("utf-8"), re.DOTALL)[1]
    rules = example.replace("engine", "purse")
    policy = load_course(write_course(tmp_path, (TOML, "[limits]", f"{rules}\n[limits]"))).policy
    assert (policy.weights, policy.late.percent_per_day) == ({"purse": 2}, 10)
    named = {line.partition(" =")[0] for line in rules.splitlines() if " =" in line}
    assert named | {"late"} == {*Policy.__struct_fields__, *LateRule.__struct_fields__}
