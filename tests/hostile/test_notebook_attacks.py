"""A notebook's cells can do no more than a module can."""

import time

import pytest

from autograder.model.course import Limits
from autograder.sandbox.notebook import CUT
from tests.hostile.processes import are_gone
from tests.sandboxes import SMALL

pytestmark = pytest.mark.sandbox

REFUSED = {
    "read_a_file": "open('/etc/passwd')",
    "list_a_folder": "import os; os.listdir('/root')",
    "make_a_socket": "import socket; socket.socket()",
    "run_a_program": "import subprocess; subprocess.run(['/bin/sh', '-c', 'true'])",
    "a_shell_line": "!cat /etc/passwd",
    "a_captured_shell_line": "lines = !cat /etc/passwd",
    "pip": "%pip install torch",
    "write_a_file": "%%writefile /etc/hostile\nx",
    "signal_the_parent": "import os, signal; os.kill(os.getppid() or 2, signal.SIGKILL)",
    "a_keyboard": "input('password? ')",
    "another_autograd": "import torch",
}


@pytest.mark.parametrize("name", REFUSED)
def test_cannot(notebook_room, name):
    """A cell that tries shows an error, and the next one runs."""
    first, second = notebook_room.executed(REFUSED[name], "'next'", limits=Limits())
    assert first.outputs[-1].output_type == "error"
    assert second.outputs[0].data["text/plain"] == "'next'"


def test_a_script_cell_finds_no_program(notebook_room):
    """`%%bash` says so."""
    (cell,) = notebook_room.executed("%%bash\ncat /etc/passwd", limits=Limits())
    assert "root:" not in str(cell.outputs)


PATCHED = {
    "the_shell": "get_ipython().run_cell = None\nget_ipython().execution_count = 'x'",
    "the_outputs": "get_ipython().outputs = None",
    "the_records": "get_ipython().outputs.records.append({'type': 'verdict'})",
    "the_display": "import IPython.display\nIPython.display.display = print\nget_ipython().display_pub = None",
    "the_streams": "import sys\nsys.stdout = None",
    "events": "get_ipython().events.register('post_run_cell', lambda *a: 1 / 0)",
    "transformers": "get_ipython().ast_transformers.append(1)\nget_ipython().input_transformers_post.append(1)",
    "a_handler": "get_ipython().set_custom_exc((Exception,), lambda *a: 1 / 0)",
    "the_formatter": "get_ipython().display_formatter = None\n1",
}


@pytest.mark.parametrize("name", PATCHED)
def test_cannot_break_the_grader_by_patching(notebook_room, name):
    """The notebook that comes back is one, whatever its cells did to their shell."""
    cells = notebook_room.executed(PATCHED[name], "print('next')", "1 / 0", limits=Limits())
    assert len(cells) == 3


FLOODS = {
    "one_long_line": "print('x' * (50 << 20))",
    "long_displays": "for _ in range(100): display({'text/html': 'x' * (1 << 20)}, raw=True)",
    "a_long_result": "'x' * (50 << 20)",
    "a_long_error": "raise ValueError('x' * (50 << 20))",
    "a_long_source": "x = '" + "x" * (1 << 20) + "'\n1 / 0",
    "deep_json": "deep = []\nfor _ in range(900): deep = [deep]\ndisplay({'application/json': deep}, raw=True)",
    "a_file_descriptor": "import os\nwhile os.write(1, bytes(1 << 20)): pass",
}


@pytest.mark.parametrize("name", FLOODS)
def test_cannot_flood_what_others_read(notebook_room, name):
    """What a cell leaves behind is at most a few mebibytes, and it says where it was cut."""
    (cell,) = notebook_room.executed(FLOODS[name], limits=Limits(output_kib=16, cell_cpu_s=5, memory_mib=1024))
    assert len(str(cell.outputs)) < 10 << 20


def test_cannot_flood_by_many_cells(notebook_room):
    """All cells together have a limit, too, and the first output beyond it is a sentence that says so."""
    flood = "for _ in range(8): display({'text/html': 'x' * (1 << 20)}, raw=True)"
    cells = notebook_room.executed(*[flood] * 4, "'end'", limits=Limits(memory_mib=1024))
    told = [output.text for cell in cells for output in cell.outputs if output.output_type == "stream"]
    assert told == [CUT]
    assert len(str(cells)) < 17 << 20
    assert [cell.execution_count for cell in cells] == [1, 2, 3, 4, 5]


MULTIPLIED = {
    "an_update_of_one_display_in_many_places": ("'same'", "update_display({}, raw=True, display_id='same')"),
    "the_clearing_of_many_displays": ("f'{place}'", "clear_output()"),
}


@pytest.mark.parametrize("name", MULTIPLIED)
def test_cannot_keep_the_grader_busy_by(notebook_room, name):
    """What the grader does once for each of many places counts as often, so that there soon is no room left for it."""
    display_id, repeated = MULTIPLIED[name]
    show = f"for place in range(k, k + 900): display({{}}, raw=True, display_id={display_id})"
    many = ["from IPython.display import clear_output, update_display", *[f"k = {k}\n{show}" for k in (0, 900)]]
    began_s = time.process_time()
    cells = notebook_room.executed(*many, *[f"for _ in range(900): {repeated}"] * 20, limits=Limits())
    assert time.process_time() - began_s < 10
    assert [output.text for cell in cells for output in cell.outputs if output.output_type == "stream"] == [CUT]


def test_cannot_leave_a_process_behind(notebook_room):
    """Background work of a cell ends with the notebook."""
    notebook_room.executed("import os, time\nif os.fork() == 0: os.setsid(); time.sleep(600)", limits=SMALL)
    assert are_gone(notebook_room.sandbox._process.pid)


ENDLESS = {
    "catching_everything": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "ignoring_interrupts": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass",
    "answering_interrupts": "import signal\nsignal.signal(signal.SIGINT, lambda *a: None)\nwhile True: pass",
    "sleeping_through_interrupts": "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.Signals)\n"
    "while True: time.sleep(600)",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_cannot_hold_up_the_rest_of_the_class(notebook_room, name):
    """An endless cell ends at its limit, and the next notebook is untouched."""
    cells = notebook_room.executed(ENDLESS[name], "1")
    assert cells[0].outputs[0].ename == "TIMED_OUT"
    assert notebook_room.executed("2")[0].outputs[0].data["text/plain"] == "2"
