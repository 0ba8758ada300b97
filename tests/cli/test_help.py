"""`autograder --help`."""

from __future__ import annotations

from typer.testing import CliRunner

from autograder.cli.main import app


def test_help_names_who_a_verb_is_for() -> None:
    """A student need not read about grading."""
    told = CliRunner().invoke(app, ["--help"]).stdout
    places = [told.index(panel) for panel in ("For students", "For instructors", "For authors")]
    assert places == sorted(places)
