"""`autograder doctor`: what this machine can do."""

import typer


def doctor() -> None:
    """Say how strongly this machine can isolate student code, what is missing for more, and how to get it."""
    from autograder.sandbox.level import Level
    from autograder.sandbox.machine import probe

    machine = probe()
    typer.echo(f"isolation level: {machine.level}")
    for finding in machine.findings:
        typer.echo(f"- {finding}")
    if machine.level is Level.NONE:
        typer.echo("Student code would run unconfined here: `autograder grade` refuses without --allow-unsandboxed.")
        typer.echo("Where Docker runs, `autograder export container` makes a container in which it is confined.")
        raise typer.Exit(3)
