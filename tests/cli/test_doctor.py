"""`autograder doctor`, on this machine and on machines that lack something."""

import pytest
import typer
from typer.testing import CliRunner

from autograder.cli import main
from autograder.cli.doctor import doctor
from autograder.sandbox.level import Level
from autograder.sandbox.machine import Machine

app = typer.Typer()
app.command()(doctor)


@pytest.mark.parametrize(
    ("machine", "exit_code", "lines"),
    [
        (Machine(level=Level.NAMESPACES), 0, ["isolation level: namespaces"]),
        (Machine(level=Level.UID_LANDLOCK, findings=("no x",)), 0, ["isolation level: uid+landlock", "- no x"]),
        (
            Machine(level=Level.NONE, findings=("no x", "no y")),
            3,
            [
                "isolation level: none",
                "- no x",
                "- no y",
                "Student code would run unconfined here: `autograder grade` refuses without --allow-unsandboxed.",
                "Where Docker runs, `autograder export container` makes a container in which it is confined.",
            ],
        ),
    ],
    ids=["all", "container", "nothing"],
)
def test_the_doctor_names_the_level_and_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, machine: Machine, exit_code: int, lines: list[str]
) -> None:
    """Only a machine without any isolation is a broken one."""
    monkeypatch.setattr("autograder.sandbox.machine.probe", lambda: machine)
    result = CliRunner().invoke(app, [])
    assert (result.exit_code, result.output.splitlines()) == (exit_code, lines)


def test_the_doctor_is_a_verb() -> None:
    """As the sentences of other verbs say that it is."""
    assert "how strongly this machine can isolate" in CliRunner().invoke(main.app, ["doctor", "--help"]).output
