"""The quick kernel and ipykernel execute the same notebooks and put out the same, but for what is named here."""

import json
import re
from copy import deepcopy
from importlib.util import find_spec

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder.model.course import Limits
from autograder.model.errors import MachineError
from autograder.model.kernel import KernelName
from autograder.sandbox.level import Level
from autograder.sandbox.notebook import execute_notebook
from autograder.sandbox.packages import require_installed
from autograder.sandbox.warm import MissingMeansError, Sandbox
from tests.sandboxes import BOTH, module

needs_kernel = pytest.mark.skipif(find_spec("ipykernel") is None, reason="ipykernel is not installed")
pytestmark = [pytest.mark.sandbox, needs_kernel]
PLOTS = ("matplotlib",) if find_spec("matplotlib") else ()
LIMITS = Limits(cell_cpu_s=4, output_kib=16)
ENDLESS = "an endless loop"

NOTEBOOKS = {
    "text": ("print('a'); print('b', end='')", "print('梯度')", "import sys; print('e', file=sys.stderr)", "'x' * 3;"),
    "history": ("40 + 2", "_ + 1", "Out[1], In[1]", "from mytorch import answer; answer"),
    "rich": (
        "class Rich:\n    def _repr_html_(self): return '<b>1</b>'\n    def _repr_png_(self): return b'png'\nRich()",
        "from IPython.display import *\ndisplay(Markdown('# x'), JSON({'a': [1, {'b': None}]}, expanded=True))",
        "Image(data=b'\\x89PNG', format='png', width=30)",
        "display({'text/plain': 'raw', 'application/vnd.x+json': {'a': 1}}, raw=True)",
        "HTML('x' * (5 << 20))",
    ),
    "updates": (
        "shown = display('one', display_id=True)",
        "shown.update('two')",
        "shown = display('one', display_id=7); shown.update('two')",
        "print('a'); clear_output(); print('b')",
        "from IPython.display import clear_output\nprint('a'); clear_output(wait=True); print('b')",
    ),
    "tracebacks": (
        "def f(x):\n    return 1 / x\ndef g():\n    f(0)\ng()",
        "g()",
        "print('before')\ntry:\n    g()\nexcept ZeroDivisionError as error:\n    raise KeyError('k') from error",
        "def",
        "  x = 1\n y = 2",
        "undefined",
        "import nothing_such",
        "%xmode Plain\n",
        "g()",
    ),
    "exits": ("exit()", "import sys; sys.exit(3)", "raise KeyboardInterrupt", "raise BaseException('b')", "'next'"),
    "await": (
        "import asyncio\nawait asyncio.sleep(0, 'slept')",
        "async def later(): return 3\ntask = asyncio.create_task(later())",
        "await task",
        "asyncio.get_running_loop().is_running()",
        "asyncio.run(later())",
        "1 / 0 if await later() else 1",
    ),
    "magics": (
        "%%capture shown\nprint('hidden')",
        "shown.stdout",
        "%precision 3\n",
        "3.14159",
        "%unknown",
        "%%unknown\n1",
        "%%html\n<b>",
        "%who_ls",
        "!ls",
        "files = !ls",
        "%env HOME",
    ),
    "input": ("input()", "import getpass; getpass.getpass()", "import sys; sys.stdin.read()"),
    "descriptors": (
        "import os, sys; os.write(1, b'raw\\n');",
        "os.write(2, b'raw\\n');",
        "if os.fork() == 0:\n    os.write(1, b'forked')\n    os._exit(0)\n_ = os.wait()",
        "sys.stdout.fileno(), sys.stderr.fileno(), sys.stdout.isatty()",
    ),
    "other processes": (
        "import os\nif os.fork() == 0:\n    print('forked')\n    os._exit(0)\n_ = os.wait(); print('first')",
        "from multiprocessing import get_context\nprocess = get_context('fork').Process(target=lambda: print('b'))",
        "process.start(); process.join()",
    ),
    "threads": (
        "from threading import Thread\nthread = Thread(target=lambda: print('in it')); thread.start(); thread.join()",
        "thread = Thread(target=lambda: 1 / 0); thread.start(); thread.join()",
    ),
    "warnings": (
        "import warnings; warnings.warn('w')",
        "import logging; logging.warning('l')",
        "def f(): pass",
        "import inspect; inspect.getsource(f)",
    ),
    "callbacks": ("get_ipython().events.register('post_run_cell', lambda result: print('after'))", "1", "x = 1 / 0"),
    "a line of 50 MB": ("print('x' * (50 << 20))", "import sys; sys.stderr.write('x' * (50 << 20));", "'next'"),
    "many displays": ("for i in range(1010): display(i)", "'next'"),
    "memory": ("x = bytearray(3 << 30)", "'next'"),
    "an interrupt": ("import signal; signal.raise_signal(signal.SIGINT)", "'next'"),
    "its end": ("'before'", "import os; os._exit(3)", "'after'"),
    "a crash": ("'before'", "import ctypes; ctypes.string_at(0)", "'after'"),
    ENDLESS: ("'before'", "while True: pass", "'after'"),
    "plots": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "%matplotlib inline\nplt.plot([1]); plt.show(); print('after')",
        "plt.plot([1]); 1 / 0",
        "import asyncio; plt.plot([1]); await asyncio.sleep(0)",
    )
    if PLOTS
    else ("pass",),
}

# What is not the same: the reason, the cells, what the last of them puts out with the quick kernel and with ipykernel.
DIFFERENCES = {
    "ipykernel collects each stream by itself, so that the two are no longer in their order": (
        ("import sys\nfor i in range(2):\n    print(i); print(-i, file=sys.stderr)",),
        [("stdout", "0\n"), ("stderr", "0\n"), ("stdout", "1\n"), ("stderr", "-1\n")],
        [("stdout", "0\n1\n"), ("stderr", "0\n-1\n")],
    ),
    "ipykernel holds printed text back, and what is written past Python overtakes it": (
        ("import os; print('a'); os.write(1, b'b\\n'); print('c')",),
        [("stdout", "a\nb\nc\n")],
        [("stdout", "b\na\nc\n")],
    ),
    "ipykernel counts what a task says as its first cell's, which has ended": (
        (
            "import asyncio; gate = asyncio.Event()\nasync def later(): await gate.wait(); print('late')",
            "task = asyncio.create_task(later())",
            "gate.set(); await task",
        ),
        [("stdout", "late\n")],
        [],
    ),
    "ipykernel gives what is long to a pager, which a notebook doesn't keep": (
        ("def f(): pass", "%psource f"),
        [("stdout", "def f(): pass\n\n")],
        [],
    ),
    "only ipykernel has a kernel that a cell can speak with": (
        ("get_ipython().kernel.implementation",),
        [("error", "no kernel is there to be spoken with here; `--kernel ipykernel` has one")],
        [("execute_result", "'ipython'")],
    ),
    "only ipykernel has a front end to which such magics speak": (
        ("%autosave 0",),
        [("stderr", "UsageError: Line magic function `%autosave` not found.\n")],
        [("display_data", None), ("stdout", "Autosave disabled\n")],
    ),
}


class Pair:
    """The two kernels at one level."""

    def __init__(self, level):
        self.sandboxes = {name: Sandbox(("numpy", *PLOTS), level, kernel=name) for name in KernelName}

    def executed(self, sources, limits=LIMITS):
        """The cells of a notebook and how their process ended, for the quick kernel and for ipykernel."""
        return [executed(self.sandboxes[name], sources, limits) for name in KernelName]


def executed(sandbox, sources, limits=LIMITS):
    """The cells of a notebook and how their process ended."""
    notebook = new_notebook(cells=[new_code_cell(source, id=str(number)) for number, source in enumerate(sources)])
    with sandbox.start(module("answer = 42"), "mytorch", limits, has_shell=True) as child:
        return execute_notebook(child, notebook).cells, child.ended


@pytest.fixture(scope="module")
def kernels():
    """Both kernels at the strongest level."""
    pair = Pair(Level.NAMESPACES)
    with pair.sandboxes[KernelName.QUICK], pair.sandboxes[KernelName.IPYKERNEL]:
        yield pair


@pytest.fixture(scope="module", params=BOTH, ids=[level.replace("+", "-") for level in BOTH])
def ipykernel(request):
    """A sandbox with ipykernel at each level that is a boundary."""
    try:
        with Sandbox(("numpy",), request.param, kernel=KernelName.IPYKERNEL) as sandbox:
            yield sandbox
    except MissingMeansError as error:
        pytest.skip(str(error))


def addressless(value):
    """A text without the addresses in memory that differ from one process to the next, or what holds such texts."""
    if isinstance(value, str):
        return re.sub(r"0x[0-9a-f]{6,}", "0x", value)
    if isinstance(value, dict):
        return {key: addressless(inner) for key, inner in value.items()}
    return [addressless(inner) for inner in value] if isinstance(value, list) else value


def said(cell):
    """A cell's outputs, each as its kind or stream and its text without colours."""
    found = []
    for output in cell.outputs:
        if output.output_type == "stream":
            found.append((output.name, re.sub(r"\x1b\[[0-9;]*m", "", output.text)))
        elif output.output_type == "error":
            found.append(("error", output.evalue))
        else:
            found.append((output.output_type, output.data.get("text/plain")))
    return found


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_both_kernels_put_out_the_same(kernels, name):
    """Cell by cell, with numbers, forms, metadata, tracebacks and colours; and the process ends in the same way."""
    limits = Limits(cell_cpu_s=0.5) if name == ENDLESS else LIMITS
    (quick, quick_end), (real, real_end) = kernels.executed(NOTEBOOKS[name], limits)
    assert addressless(quick) == addressless(real)
    assert quick_end == real_end


@pytest.mark.parametrize("reason", DIFFERENCES)
def test_a_difference_has_a_reason(kernels, reason):
    """Each is known, and is as small as is said."""
    sources, *expected = DIFFERENCES[reason]
    assert [said(cells[-1]) for cells, _ in kernels.executed(sources)] == expected


WIDGETS = (
    "import ipywidgets\nslider = ipywidgets.IntSlider(3)\nslider",
    "slider.observe(lambda change: print('now', change.new), 'value')\nslider.value = 7",
    "ipywidgets.VBox([ipywidgets.Image(value=b'picture')])",
    "hasattr(get_ipython(), 'kernel')",
)


def widgets(notebook):
    """What a notebook keeps of its widgets: the states, in the order of their contents, without random names."""
    kept = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]
    assert (kept.version_major, kept.version_minor) == (2, 0)
    return sorted(re.sub("[0-9a-f]{32}", "id", json.dumps(each, sort_keys=True)) for each in kept.state.values())


def nameless(cells):
    """What cells put out, without the random names of widgets."""
    return [re.sub("[0-9a-f]{32}", "id", json.dumps(cell.outputs, sort_keys=True)) for cell in cells]


@pytest.mark.skipif(find_spec("ipywidgets") is None, reason="ipywidgets is not installed")
def test_widgets_are_kept_as_with_a_real_kernel():
    """A notebook that shows widgets keeps their state, whichever kernel ran it, as nbclient has it from a real one."""
    notebook = new_notebook(cells=[new_code_cell(source, id=str(number)) for number, source in enumerate(WIDGETS)])
    real = NotebookClient(deepcopy(notebook), kernel_name="python3").execute()
    assert '"value": 7' in str(widgets(real))
    for name in KernelName:
        with (
            Sandbox(("numpy", "ipywidgets"), Level.NAMESPACES, kernel=name) as sandbox,
            sandbox.start(module("answer = 42"), "mytorch", LIMITS, has_shell=True) as child,
        ):
            found = execute_notebook(child, notebook)
        assert widgets(found) == widgets(real)
        assert nameless(found.cells)[:3] == nameless(real.cells)[:3]
        assert said(found.cells[3]) == [("execute_result", str(name is KernelName.IPYKERNEL))]


def test_a_notebook_without_widgets_keeps_none(kernels):
    """Nor does one whose widgets say what is no state."""
    fake = "import sys, types\nsys.modules['ipywidgets'] = fake = types.ModuleType('ipywidgets')"
    fake += "\nclass Widget:\n    get_manager_state = staticmethod(lambda: STATE)\nfake.Widget = Widget"
    view = "display({'application/vnd.jupyter.widget-view+json': {}}, raw=True)"
    deep = "STATE = {}\nfor _ in range(99): STATE = {'a': STATE}"
    large = "STATE = {'a': 'x' * (9 << 20)}"
    for sources in (
        ["1"],
        [view],
        [fake, "STATE = 1 / 0", view],
        *([fake, state, view] for state in (deep, large, "STATE = 1")),
    ):
        notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
        with kernels.sandboxes[KernelName.QUICK].start(module(""), "mytorch", LIMITS, has_shell=True) as child:
            assert "widgets" not in execute_notebook(child, notebook).metadata


def test_ipykernel_is_shut_in_alike(ipykernel):
    """It is ipykernel's own kernel that answers, in the process that is shut in."""
    sources = ("type(get_ipython().kernel).__mro__[1]", "import socket; socket.socket()", "open('/etc/passwd')")
    (kernel, network, file), _ = executed(ipykernel, sources)
    assert said(kernel) == [("execute_result", "ipykernel.ipkernel.IPythonKernel")]
    assert network.outputs[0].ename == "PermissionError"
    assert file.outputs[0].ename in {"PermissionError", "FileNotFoundError"}


def test_limits_are_those_of_student_code(ipykernel):
    """What the kernel needs for itself is not taken from them."""
    count = (
        "from threading import Thread, Event\nstop = Event()\nthreads = [Thread(target=stop.wait) for _ in range(9)]"
    )
    start = "for thread in threads: thread.start()\nstop.set()\nprint('all')"
    (cell,), _ = executed(ipykernel, [f"{count}\n{start}"], Limits(processes=10, memory_mib=200))
    assert said(cell) == [("stdout", "all\n")]


def test_a_kernel_that_is_not_installed_is_named():
    """With the command that installs it."""
    with pytest.raises(MachineError, match=r"^the package 'no-kernel' is not installed here, and notebooks"):
        require_installed(("no-kernel",))
