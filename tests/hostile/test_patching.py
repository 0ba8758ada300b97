"""Student code cannot change a verdict by changing what is around it: it changes its own process, and only that."""

import pytest

from autograder.model.course import Limits
from autograder.model.transcript import Graph, OtherValue, Transcript
from autograder.model.verdict import Outcome
from autograder.sandbox.ended import Ended
from tests.sandboxes import EMPTY, SMALL, module, task

pytestmark = pytest.mark.sandbox

PATCHES = {
    "json": "import json, json.encoder\njson.dumps = json.loads = lambda *a, **k: '{}'",
    "numpy_comparisons": "import numpy\nnumpy.allclose = numpy.array_equal = lambda *a, **k: True",
    "builtins": "import builtins\nbuiltins.len = builtins.isinstance = lambda *a: True",
    "exceptions": "import builtins\nbuiltins.Exception = builtins.BaseException = type('E', (), {})",
    "the_observer": """
        import autograder.probe.observer as observer
        observer.Observer.value = lambda *a, **k: None
        """,
    "the_runner": "import autograder.probe.running as r\nr.run = lambda *a, **k: {'entries': [], 'failure': None}",
    "the_loop": "import autograder.sandbox.inside.serve as s\ns._Answers.run = lambda self, q: {'transcript': None}",
    "frames": "import autograder.sandbox.inside.frames as f\nf.send = lambda *a: None",
    "sockets": "import socket\nsocket.socket.sendall = lambda *a: None",
    "os": "import os\nos._exit = os.write = os.read = None",
    "import_hooks": """
        import sys
        class Finder:
            def find_spec(self, name, path=None, target=None): raise RuntimeError(name)
        sys.meta_path.insert(0, Finder())
        """,
    "modules": "import sys\nfor name in list(sys.modules): sys.modules[name] = None",
    "tracing": "import sys\nsys.settrace(lambda *a: None); sys.setprofile(lambda *a: None)",
    "streams": "import sys\nsys.stdout = sys.stderr = sys.__stdout__ = None",
    "exit_hooks": "import atexit\natexit.register(lambda: print('passed'))",
    "finalizers": "class D:\n    def __del__(self):\n        while True: pass\nkept = D()",
    "signals": "import signal\nfor n in (1, 2, 3, 14, 15): signal.signal(n, signal.SIG_IGN)",
    "collector": "import gc\ngc.callbacks.append(lambda *a: 1 / 0); gc.freeze()",
}


@pytest.mark.parametrize("name", PATCHES)
def test_cannot_reach_others_by_patching(room, name):
    """Whatever the patch does to its own child, it gives a transcript or an end; the next child is as new."""
    reply = room.run("see.value(1)", module(PATCHES[name]))
    assert isinstance(reply, (Transcript, Ended))
    clean = room.run("see.value(1); print(len([1, 2]), __import__('numpy').allclose(1, 2))", EMPTY)
    assert isinstance(clean, Transcript)
    assert clean.failure is None
    assert clean.output == "2 False\n"


ALWAYS_EQUAL = """
class Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def __bool__(self): return True
    def __float__(self): return 1.0
"""
POSING = {
    "always_equal": ALWAYS_EQUAL + "answer = Equal()",
    "another_class": ALWAYS_EQUAL
    + "class Posing(Equal):\n    @property\n    def __class__(self): return int\nanswer = Posing()",
    "a_named_class": ALWAYS_EQUAL + "answer = type('int', (Equal,), {'__repr__': lambda s: '42'})()",
    "a_metaclass": ALWAYS_EQUAL
    + "class Meta(type):\n    def __instancecheck__(c, x): return True\n    def __eq__(c, x): return True\n"
    + "    __hash__ = type.__hash__\nanswer = Meta('int', (Equal,), {})()",
}


@pytest.mark.parametrize("name", POSING)
def test_cannot_pose_as_the_right_value(room, name):
    """A value is written down as what it is; comparing happens where its methods don't run."""
    reply = room.run("see.value(torch.answer)", module(POSING[name]))
    assert isinstance(reply, Transcript)
    (entry,) = reply.entries
    assert isinstance(entry.observation.value, OtherValue)


NUMBER = """
class Number(int):
    def __eq__(self, other): return True
    def __repr__(self): return '42'
answer = Number(7)
"""


def test_cannot_change_a_number_by_its_methods(room):
    """A subclass of int is its own number."""
    reply = room.run("see.value(torch.answer)", module(NUMBER))
    assert isinstance(reply, Transcript)
    (entry,) = reply.entries
    assert getattr(entry.observation.value, "data", None) in {7, None}


NODE = """
class Node:
    def __init__(self): self.next_functions = ()
    def name(self): return "AddBackward0"
"""
GRAPHS = {
    "a_cycle": "a, b = Node(), Node()\na.next_functions = ((b, 0),); b.next_functions = ((a, 0),)\nroot = a",
    "itself": "root = Node(); root.next_functions = ((root, 0),)",
    "a_million_nodes": """
root = Node()
for _ in range(1_000_000):
    node = Node()
    node.next_functions = ((root, 0),)
    root = node""",
    "edges_without_end": """
import itertools
root = Node()
root.next_functions = ((root, 0) for _ in itertools.count())""",
    "nodes_without_end": """
class Endless(Node):
    @property
    def next_functions(self): return ((Endless(), 0),)
    @next_functions.setter
    def next_functions(self, value): pass
root = Endless()""",
    "a_slow_iterator": """
class Slow:
    def __iter__(self): return self
    def __next__(self):
        while True: pass
root = Node(); root.next_functions = Slow()""",
    "a_list_that_grows": """
class Growing(list):
    def __iter__(self):
        while True: yield (Node(), 0)
root = Node()
root.next_functions = Growing()""",
    "a_long_name": "root = Node(); root.name = lambda: 'x' * (100 << 20)",
    "a_name_that_is_none": "root = Node(); root.name = lambda: None",
    "numbers_of_the_wrong_kind": "root = Node(); root.next_functions = ((root, 'x'), (None, 1 << 5000))",
}


@pytest.mark.parametrize("name", GRAPHS)
def test_cannot_trap_the_observer_in_a_graph(room, name):
    """Walks end, by their own cap or by the limit; the transcript says so."""
    reply = room.run("see.graph(torch.root)", module(NODE + GRAPHS[name]), Limits(check_cpu_s=5))
    assert isinstance(reply, (Transcript, Ended))
    if isinstance(reply, Ended):
        assert reply.outcome in {Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY}
    elif reply.failure is None:
        (entry,) = reply.entries
        assert isinstance(entry.observation, Graph)
        assert len(entry.observation.nodes) <= 10_000


def test_cannot_carry_a_patch_from_the_public_to_the_hidden_pass(room):
    """The two passes are two children; what the first learns or changes is gone."""
    files = module("import builtins\nbuiltins.seen = getattr(builtins, 'seen', 0) + 1")
    for _ in range(2):
        assert room.prints("import builtins; print(builtins.seen)", files) == "1\n"


def test_cannot_learn_the_source_of_a_check_that_is_not_its_own(room):
    """A check's frame holds its own source; the checks after it are not there to be found."""
    spy = """
    import gc, sys
    texts = [found for found in gc.get_objects() if type(found) is dict and "source" in found]
    print(len([text for text in texts if "hidden" + "-answer" in str(text["source"])]))
    """
    with room.sandbox.start(EMPTY, "mytorch", SMALL) as child:
        first = child.run(task(spy))
        child.run(task("see.value('hidden-answer')"))
    assert isinstance(first, Transcript)
    assert first.output == "0\n"
