"""A child that has run checks executes cells as well, and what loads there is as new."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.sandbox.notebook import execute_notebook
from autograder.sandbox.reusing import Reusing
from tests.sandboxes import EMPTY, SMALL, module, task

COUNTER = module("calls = []")
COUNTS = task("torch.calls.append(1)\nsee.count(len(torch.calls))")


@pytest.fixture
def start(notebook_room):
    """Starts children, one of which may be used twice."""
    with Reusing(notebook_room.sandbox) as reusing:
        yield lambda files=COUNTER, *, has_shell=False: reusing.start(files, "mytorch", SMALL, has_shell=has_shell)


def shown(child, *sources):
    """What the cells of a notebook put out, as text."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    return [output.get("text") for cell in execute_notebook(child, notebook).cells for output in cell.outputs]


def test_cells_run_where_checks_ran(start):
    """In the same process, with a candidate that no check has touched."""
    with start() as child:
        child.run(COUNTS)
    with start(has_shell=True) as same:
        assert shown(same, "import mytorch\nprint(mytorch.calls)") == ["[]\n"]
    assert same is child
    assert same.loads == 2


def test_no_cell_shows_what_checks_wrote(start):
    """Not even what went past Python to a file descriptor."""
    with start() as child:
        child.run(task("import os\nos.write(1, b'of a check')\nos.write(2, b'of a check')"))
    with start(has_shell=True) as same:
        assert shown(same, "print('of a cell')") == ["of a cell\n"]
    assert same is child


def test_a_child_is_used_twice_at_most(start):
    """The next notebook has one that is as new."""
    with start():
        pass
    with start(has_shell=True) as first, start(has_shell=True) as second:
        assert (first.loads, second.loads) == (2, 1)


def test_checks_have_a_fresh_child_each_time(start):
    """Where one is kept for cells, no check gets it."""
    for _ in range(2):
        with start() as child:
            assert child.run(COUNTS).entries[0].observation.count == 1
            assert child.loads == 1


def test_a_child_that_ended_is_not_kept(start):
    """The one after it is."""
    with start() as dead:
        dead.run(task("import os\nos._exit(3)"))
    with start() as alive:
        pass
    with start(has_shell=True) as child:
        assert child is alive


def test_it_may_load_other_files(start):
    """Those that cells need, whatever the checks had."""
    with start(module("name = 'one'")):
        pass
    with start(module("name = 'two'"), has_shell=True) as child:
        assert shown(child, "import mytorch\nprint(mytorch.name)") == ["two\n"]


def test_nothing_is_kept_beyond_the_block(notebook_room):
    """A child that no cell wanted ends with it."""
    with Reusing(notebook_room.sandbox) as reusing, reusing.start(EMPTY, "mytorch", SMALL) as child:
        pass
    assert child.cpu_s > 0
    assert child._end is None
