"""Distinct types for strings that look alike."""

from typing import NewType

CheckId = NewType("CheckId", str)  # "<file stem>::<function>[<parameter id>]", wherever the folder lies
ExerciseId = NewType("ExerciseId", str)  # "<unit>.<name>", as course.toml writes it
UnitId = NewType("UnitId", str)
StudentId = NewType("StudentId", str)
Language = NewType("Language", str)  # "en", "zh": a key of every text in course.toml
