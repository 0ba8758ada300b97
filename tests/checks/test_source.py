"""A check's source stands alone: the function and what it uses, each on its own lines."""

from __future__ import annotations

from textwrap import dedent

from autograder.checks.sight import sights
from autograder.checks.source import standalone

FILE = dedent('''\
    """All about it."""

    from __future__ import annotations

    import os, sys
    import numpy as np
    from autograder import exercise

    SIZE = 3
    OTHER = 4
    left, right = SIZE, 5


    class Stop:
        """A helper."""

        size = left


    def helper(see):
        return Stop(), np.pi


    def lonely():
        return os, OTHER


    @exercise("unit.thing", points=2)
    @mark.parametrize("n", [OTHER])
    def test_it(torch, see, n):
        """The title."""
        see.value(helper(see))


    def test_other(torch, see):
        """Another title."""
        see.value(lonely())
''')


def test_what_is_used_is_kept_directly_or_not() -> None:
    """Helpers, classes, constants and imports; decorators and docstring are left out."""
    kept = [line for line in standalone(FILE, "test_it").splitlines() if line]
    assert kept == [
        "import numpy as np",
        "SIZE = 3",
        "left, right = SIZE, 5",
        "class Stop:",
        '    """A helper."""',
        "    size = left",
        "def helper(see):",
        "    return Stop(), np.pi",
        "def test_it(torch, see, n):",
        "    see.value(helper(see))",
    ]


def test_lines_keep_their_numbers() -> None:
    """What a traceback names is what the author's file has there."""
    alone = standalone(FILE, "test_other").splitlines()
    for number, line in enumerate(FILE.splitlines()):
        assert number >= len(alone) or alone[number] in ("", line)
    assert alone[36] == "    see.value(lonely())"


def test_a_check_that_is_only_a_docstring_stays_a_function() -> None:
    """Its body may not become empty."""
    compile(standalone('def test_it():\n    """Title."""\n', "test_it"), "check", "exec")


def test_each_line_that_sees_knows_its_arguments() -> None:
    """A call on several lines is found by each of them; a block of `see.raises` by its first."""
    graph = "see.graph(\n    a.b, *outs,\n)\n"
    told = sights(f"\n{graph}with see.raises(text=True):\n    go(1)\n    on()\n")
    assert told[2] == told[3] == told[4]
    assert [told[2].argument(index) for index in range(3)] == ["a.b", "outs[0]", "outs[1]"]
    assert told[5].block == "go(1); on()"
    assert told[5].argument() == "see"
