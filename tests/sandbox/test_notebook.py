"""Notebooks run as students know them, without a kernel, and end within their limits."""

import importlib.util
import re

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.model.course import Limits
from autograder.model.kernel import KernelName
from autograder.sandbox.level import Level
from autograder.sandbox.notebook import execute_notebook
from autograder.sandbox.warm import Sandbox
from tests.sandboxes import EMPTY, SMALL, module, task

pytestmark = pytest.mark.sandbox


def outputs(cell):
    """A cell's outputs, each as its type and its text."""
    return [(output.output_type, text(output)) for output in cell.outputs]


def text(output):
    """What an output says in plain text."""
    if output.output_type == "stream":
        return output.text
    return output.evalue if output.output_type == "error" else output.data["text/plain"]


SHOWN = {
    "print_and_result": ("print('a')\n1 + 1", [("stream", "a\n"), ("execute_result", "2")]),
    "silent": ("x = 1;", []),
    "await": ("import asyncio\nawait asyncio.sleep(0, 'slept')", [("execute_result", "'slept'")]),
    "magic": ("%time 3", [("stream", None), ("execute_result", "3")]),
    "cell_magic": ("%%capture shown\nprint('hidden')", []),
    "order": (
        "print('a'); display(1); print('b'); 2",
        [("stream", "a\n"), ("display_data", "1"), ("stream", "b\n"), ("execute_result", "2")],
    ),
    "descriptor": ("import os; print('a'); os.write(1, b'raw'); print('b')", [("stream", "a\nrawb\n")]),
    "forked": (
        "import os\nif os.fork() == 0:\n    os.write(1, b'from another')\n    os._exit(0)\n_ = os.wait()",
        [("stream", "from another")],
    ),
    "update": ("shown = display('one', display_id=True); shown.update('two')", [("display_data", "'two'")]),
    "clear": ("from IPython.display import clear_output; print('a'); clear_output(); print('b')", [("stream", "b\n")]),
    "error": ("print('a')\n1 / 0", [("stream", "a\n"), ("error", "division by zero")]),
    "error_that_is_no_text": ("raise ValueError('\\ud800')", [("error", "?")]),
    "syntax": ("def", [("error", None)]),
    "input": ("input()", [("error", "input() can't be used here: nobody is there to answer")]),
    "program": ("!ls", [("error", "no other programs can be started here: 'ls'")]),
    "exit": ("exit()", [("stream", "exit() has no effect here: the notebook goes on.\n")]),
    "sys_exit": ("import sys; sys.exit(1)", [("error", "1"), ("stream", None)]),
    "candidate": ("import mytorch; mytorch.answer", [("execute_result", "42")]),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_cell_shows_what_it_shows_in_jupyter(notebook_room, name):
    """Text, rich displays, results and errors come in their order."""
    source, expected = SHOWN[name]
    (cell,) = notebook_room.executed(source, files=module("answer = 42"))
    found = outputs(cell)
    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    assert all(says is None or says == said for (_, says), (_, said) in zip(expected, found, strict=True))


def test_a_traceback_shows_the_cell_and_its_line(notebook_room):
    """It is IPython's own, with the source and an arrow."""
    (cell,) = notebook_room.executed("x = 0\n1 / x")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(cell.outputs[0].traceback))
    assert "ZeroDivisionError" in shown
    assert "Cell" in shown
    assert "----> 2" in shown


def test_a_notebook_begins_as_in_a_new_kernel(notebook_room):
    """Nothing is left of what the warm parent has rehearsed: no input, output, name or module."""
    begun, named, imported = notebook_room.executed(
        "In, Out, _, __",
        "[name for name in globals() if name[0] != '_']",
        "import sys; [name for name in sys.modules if name.startswith('rehearsed')]",
    )
    assert begun.execution_count == 1
    assert outputs(begun) == [("execute_result", "(['', 'In, Out, _, __'], {}, '', '')")]
    assert outputs(named) == [("execute_result", "['In', 'Out', 'get_ipython', 'exit', 'quit', 'open']")]
    assert outputs(imported) == [("execute_result", "[]")]


def test_rich_forms_come_along(notebook_room):
    """HTML, Markdown and pictures are in the bundle beside the plain text."""
    (cell,) = notebook_room.executed(
        """
        class Rich:
            def _repr_html_(self): return "<b>1</b>"
            def _repr_png_(self): return b"picture"
        Rich()
        """
    )
    assert cell.outputs[0].data["text/html"] == "<b>1</b>"
    assert cell.outputs[0].data["image/png"].strip() == "cGljdHVyZQ=="


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="matplotlib is not installed")
def test_plots_are_shown_inline():
    """Where the course lists matplotlib, a figure is a picture below its cell."""
    cells = ["import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "%matplotlib inline\nplt.plot([2, 1]);"]
    notebook = new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    with (
        Sandbox(("numpy", "matplotlib"), Level.NAMESPACES, kernel=KernelName.QUICK) as sandbox,
        sandbox.start(EMPTY, "mytorch", Limits(), has_shell=True) as child,
    ):
        executed = execute_notebook(child, notebook)
    assert all("image/png" in cell.outputs[-1].data for cell in executed.cells)


def test_cells_are_numbered_and_valid(notebook_room):
    """What comes out is a notebook by nbformat's schema; the one that was given is untouched."""
    given = new_notebook(
        cells=[new_markdown_cell("# A"), nbformat.v4.new_code_cell("1"), nbformat.v4.new_code_cell(" ")]
    )
    with notebook_room.sandbox.start(EMPTY, "mytorch", SMALL, has_shell=True) as child:
        executed = execute_notebook(child, given)
    nbformat.validate(executed)
    assert [cell.get("execution_count") for cell in executed.cells] == [None, 1, None]
    assert given.cells[1].outputs == []


LONG = {
    "one_line_of_50_MB": "print('x' * (50 << 20))",
    "many_lines": "for _ in range(100_000): print('x')",
    "a_file_descriptor": "import os; _ = os.write(1, b'x' * (10 << 20))",
    "standard_error": "import sys; sys.stderr.write('x' * (50 << 20));",
    "beyond_ascii": "print('梯度' * (1 << 20))",
}


@pytest.mark.parametrize("name", LONG)
def test_long_output_is_cut_and_says_so(notebook_room, name):
    """No output is larger than its limit, and the cell goes on."""
    first, second = notebook_room.executed(LONG[name], "'next'", limits=Limits(output_kib=4, file_mib=16))
    (output,) = first.outputs
    assert output.text.endswith("\n[output cut after 4096 bytes]\n")
    assert len(output.text.encode()) < 4096 + 100
    assert outputs(second) == [("execute_result", "'next'")]


def test_a_huge_picture_is_named_by_its_size(notebook_room):
    """What is displayed is sized like what is printed."""
    (cell,) = notebook_room.executed("from IPython.display import HTML\nHTML('x' * (5 << 20))", limits=Limits())
    assert cell.outputs[0].data["text/html"] == f"[text/html of {5 << 20} bytes left out: too large]"


def test_endless_displays_end(notebook_room):
    """There is a limit to how many things one cell shows."""
    (cell,) = notebook_room.executed("for i in range(5_000): display(i)", limits=Limits(cell_cpu_s=20))
    assert len(cell.outputs) == 1_000


ENDS = {
    "endless_loop": ("while True: pass", "TIMED_OUT", "0.5 s of CPU time"),
    "os_exit": ("import os; os._exit(0)", "CRASHED", "exit status 0"),
    "crash": ("import ctypes; ctypes.string_at(0)", "CRASHED", "SIGSEGV"),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_cell_that_ends_the_process_says_how_and_the_rest_is_not_run(notebook_room, name):
    """What was before it keeps its outputs; what is after it has none, and no number."""
    source, ename, sentence = ENDS[name]
    cells = notebook_room.executed("print('before')", source, "print('after')")
    assert outputs(cells[0]) == [("stream", "before\n")]
    assert cells[1].outputs[0].ename == ename
    assert sentence in cells[1].outputs[0].evalue
    assert cells[2].outputs == []
    assert [cell.execution_count for cell in cells] == [1, 2, None]


def test_memory_is_bounded_and_the_notebook_goes_on(notebook_room):
    """An allocation that is too large is a MemoryError that the student sees."""
    first, second = notebook_room.executed("x = bytearray(3 << 30)", "'next'")
    assert first.outputs[0].ename == "MemoryError"
    assert outputs(second) == [("execute_result", "'next'")]


def test_an_interrupt_does_not_end_the_notebook(notebook_room):
    """A signal that a cell sends to itself is that cell's error."""
    first, second = notebook_room.executed("import signal; signal.raise_signal(signal.SIGINT)", "'next'")
    assert first.outputs[0].ename == "KeyboardInterrupt"
    assert outputs(second) == [("execute_result", "'next'")]


@pytest.mark.parametrize("has_shell", [False, True])
def test_checks_run_with_and_without_a_shell(notebook_room, has_shell):
    """A sandbox that has a kernel runs checks as well, and spares them its shell unless a child is to have it."""
    with notebook_room.sandbox.start(module("answer = 1"), "mytorch", SMALL, has_shell=has_shell) as child:
        reply = child.run(task("import os, stat; print(torch.answer, stat.S_ISREG(os.fstat(1).st_mode))"))
    assert reply.output == f"1 {has_shell}\n"  # a shell captures what is written past Python
