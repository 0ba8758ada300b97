"""`autograder list`: what there is to do."""

from pathlib import Path

from autograder.model.language import sentence, translate

NEEDS = sentence("needs {units}")
LESSON = sentence("lesson: {notebook}")


def list() -> None:  # noqa: A001 - the verb's name
    """Show every unit with its lesson and its exercises, and where each is written. Runs nothing."""
    from autograder.cli.desk import workspace
    from autograder.cli.terminal import say
    from autograder.student.reading import place

    root, home = workspace(Path.cwd())
    for unit in home.units:
        say(f"{unit.title} ({unit.id})", is_bold=True)
        if unit.needs:
            say(f"  {translate(NEEDS, home.language, {'units': ', '.join(unit.needs)})}")
        if unit.lesson:
            say(f"  {translate(LESSON, home.language, {'notebook': f'lessons/{unit.lesson}.ipynb'})}")
        for exercise in unit.exercises:
            say(f"  {exercise.id}: {exercise.target.partition('::')[2]}, {place(root, home, exercise)}")
