"""The checks that PyTorch answers, and how they run on PyTorch and on the reference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from autograder.build.course import load_course
from autograder.build.reference import reference_files
from autograder.checks.collect import collect, collect_course
from autograder.model.check import Check, Truth, Visibility
from autograder.model.course import Course, Exercise, Target, Unit
from autograder.model.ids import ExerciseId, UnitId
from autograder.model.transcript import Transcript
from autograder.probe import Candidate, load, run

HERE = Path(__file__).parent
RECORDED = HERE / "recorded"
COURSE = HERE.parents[1] / "course"
SEEDS = (1, 2)
SUBJECTS = (
    "operations", "shapes", "edges", "nodes", "accumulators", "accumulation", "engine", "freeing", "hooks", "modes",
    "errors", "in_place", "create_graph", "functions", "grad", "values", "lesson",
)  # fmt: skip


def torch_checks() -> tuple[Check, ...]:
    """The course's checks that PyTorch answers, and the scenarios of this folder."""
    course = load_course(COURSE)
    scenarios = collect(HERE / "scenarios", Visibility.PUBLIC, _with_subjects(course))
    return tuple(c for c in (*collect_course(course), *scenarios) if c.truth is Truth.TORCH)


def _with_subjects(course: Course) -> Course:
    """The course whose exercises are the scenarios' subjects."""
    target = Target(file="", qualname="")
    unit = UnitId("parity")
    exercises = tuple(Exercise(id=ExerciseId(f"parity.{name}"), unit=unit, target=target) for name in SUBJECTS)
    return msgspec.structs.replace(course, units=(Unit(id=unit, title={}, exercises=exercises),))


def pytorch() -> Candidate:
    """Real PyTorch, with the lessons' answers written for it."""
    files = reference_files(load_course(COURSE))
    lessons = {
        path: text.replace(b"import mytorch as torch", b"import torch")
        for path, text in files.items()
        if path.startswith("lessons/")
    }
    return load(lessons, "torch")


def reference() -> Candidate:
    """The reference."""
    return load(reference_files(load_course(COURSE)), "mytorch")


def transcript(check: Check, candidate: Candidate, seed: int) -> Transcript:
    """What a check sees of a candidate, here in this process."""
    found: dict[str, Any] = run(msgspec.to_builtins(check.task(seed)), candidate)
    return msgspec.convert(found, Transcript)


def recorded_file(check: Check) -> Path:
    """Where a check's transcripts are kept: a file for each file of checks."""
    folder, stem = Path(check.file).parent.parent.name, Path(check.file).stem
    return RECORDED / f"{folder}-{stem.removeprefix('test_')}.json"
