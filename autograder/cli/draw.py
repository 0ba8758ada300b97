"""`autograder draw`: the graph that a line of Python or a script records, as a picture or as a film."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.model.language import sentence, translate

CANT_DRAW = sentence("{source} can't be drawn, since it raised:")
WRITTEN = sentence("The picture: {file}")
PATIENCE = 3  # seconds by the clock for each CPU second of a notebook's cell; Python has to start, too


def draw(
    source: Annotated[
        str,
        typer.Argument(
            metavar="EXPRESSION|FILE",
            help='"x * y + 1" (names without a value become leaves), script.py (its variable out), or script.py:loss.',
        ),
    ],
    backward: Annotated[bool, typer.Option("--backward", help="Film the backward pass, frame by frame.")] = False,
    values: Annotated[bool, typer.Option("--values", help="Show shapes, values and saved tensors.")] = False,
    package: Annotated[
        str | None, typer.Option(help="Whose graph: the workspace's own package by default, or torch.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write it: .svg, or .html for a film; a folder of pictures by default.")
    ] = None,
) -> None:
    """Draw the graph behind a value, or the backward pass through it."""
    from autograder.cli.desk import workspace
    from autograder.cli.terminal import say
    from autograder.student.files import write_whole
    from autograder.student.sketch import Raised, Sketch, sketch

    root, home = workspace(Path.cwd())
    file = _file(out, root, is_backward=backward)
    wanted = Sketch(
        source=source,
        package=package or home.package,
        language=home.language,
        is_backward=backward,
        has_values=values,
    )
    drawn = sketch(root, wanted, PATIENCE * home.limits.cell_cpu_s)
    if isinstance(drawn, Raised):
        say(f"{translate(CANT_DRAW, home.language, {'source': source})}\n\n{drawn.traceback}")
        raise typer.Exit(1)
    write_whole(file, drawn.text.encode())
    for line in (*drawn.sentences, "", translate(WRITTEN, home.language, {"file": str(file)})):
        say(line)


def _file(out: Path | None, root: Path, *, is_backward: bool) -> Path:
    """Where the picture goes; never over a file that is none."""
    from autograder.model.errors import UsageError

    suffix = ".html" if is_backward else ".svg"
    if out is None:
        return root / "pictures" / f"{'backward' if is_backward else 'graph'}{suffix}"
    if out.suffix != suffix:
        raise UsageError(f"{out} is no name for this picture: end it in {suffix}")
    return out
