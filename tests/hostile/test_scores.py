"""On the course itself, a student who has written nothing but an attack has no points."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.build.course import load_course
from autograder.build.edition import edition_of
from autograder.build.workspace import workspace_files
from autograder.grading.examiner import examine
from autograder.grading.planning import make_plan
from autograder.model.check import Visibility
from autograder.model.ids import StudentId
from autograder.model.submission import Submission
from autograder.model.verdict import Outcome
from autograder.sandbox.warm import Sandbox
from tests.hostile.test_patching import GRAPHS, NODE

pytestmark = pytest.mark.sandbox
REPOSITORY = Path(__file__).parents[2]
EVERY = 5  # one hidden check of so many is enough to tell


@pytest.fixture(scope="module")
def course():
    """The course of this repository."""
    return load_course(REPOSITORY / "course")


@pytest.fixture(scope="module")
def plan(course, room):
    """Some of its hidden checks on the package."""
    whole = make_plan(course, room.level, seed=7)
    hidden = [check for check in whole.checks if check.visibility is Visibility.HIDDEN]
    package = [check for check in hidden if not course.exercise(check.exercise).target.file.startswith("lessons/")]
    return replace(whole, checks=tuple(package[::EVERY]))


@pytest.fixture(scope="module")
def sandbox(plan):
    """The warm parent of a run, with the given files ready."""
    with Sandbox(plan.course.packages, plan.level, shared=plan.shared) as sandbox:
        yield sandbox


EQUAL = """
class Equal:
    next_functions = next_edges = shape = ()
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __eq__(self, other): return True
    __lt__ = __gt__ = __le__ = __ge__ = __contains__ = __eq__
    def __hash__(self): return 0
    def __iter__(self): return iter(())
    def __len__(self): return 0
"""
OTHER = """
import sys, types
import numpy as np
class Value:
    def __init__(self, data, requires_grad=False, **_):
        self.data, self.grad, self.requires_grad = np.asarray(data, dtype=float), None, requires_grad
        self.operands, self.push, self.grad_fn = (), lambda gradient: (), None
    def made(self, data, push, *operands):
        made = Value(data, requires_grad=True)
        made.operands, made.push = operands, push
        return made
    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self.made(self.data + other.data, lambda g: (g, g), self, other)
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return self.made(self.data * other.data, lambda g: (g * other.data, g * self.data), self, other)
    __radd__, __rmul__ = __add__, __mul__
    def sum(self):
        return self.made(self.data.sum(), lambda g: (g * np.ones_like(self.data),), self)
    def backward(self, gradient=1.0):
        if self.requires_grad:
            self.grad = gradient if self.grad is None else self.grad + gradient
        for operand, part in zip(self.operands, self.push(gradient)):
            operand.backward(part)
    def tolist(self): return self.data.tolist()
    shape = property(lambda self: self.data.shape)
other = types.ModuleType("mytorch")
other.tensor, other.Tensor = Value, Value
"""
ROOTED = """
import sys, types
class Answer:
    shape, grad, grad_fn, is_leaf, requires_grad = (), None, root, False, True
    def __getattr__(self, name): return lambda *a, **k: self
class Every(types.ModuleType):
    def __getattr__(self, name): return lambda *a, **k: Answer()
for name in [name for name in sys.modules if name.split(".")[0] == "mytorch"]:
    sys.modules[name] = Every(name)
"""
CLAIMS = {
    "everything_is_equal": EQUAL + "Edge = gradient_edge = collect_next_edges = Equal()",
    "the_package_is_equal": EQUAL + "import sys\nsys.modules['mytorch'] = Equal()",
    "another_autograd": "import torch, sys; sys.modules['mytorch'] = torch",
    "another_autograd_brought_along": OTHER
    + """
class Mine(types.ModuleType):
    tensor = Tensor = property(lambda self: Value)
sys.modules["mytorch"].__class__ = Mine
""",
    "another_autograd_swapped_in": OTHER
    + """
given = sys.modules["mytorch"]
other.__path__, other.__getattr__ = given.__path__, lambda name: getattr(given, name)
sys.modules["mytorch"] = other
""",
    "another_autograd_behind_every_name": OTHER
    + """
class Every(types.ModuleType):
    def __getattr__(self, name): return getattr(other, name, Value)
for name in [name for name in sys.modules if name.split(".")[0] == "mytorch"]:
    sys.modules[name] = Every(name)
""",
    "the_reference": """
import sys
sys.path.insert(0, REPOSITORY + "/solutions")
del sys.modules["mytorch"]
import mytorch
""",
    "the_expectations": "import glob\nprint(open(glob.glob('/**/expected.json', recursive=True)[0]).read())",
}


def outcomes(files, attack, plan, sandbox):
    """How each check ends where the attack stands at the end of a student's module."""
    module = "mytorch/edge.py"
    added = f"\nREPOSITORY = {str(REPOSITORY)!r}\n{attack}\n".encode()
    submission = Submission(student=StudentId("eve"), files={**files, module: files[module] + added}, digest="")
    return {verdict.outcome for verdict in examine(submission, plan, sandbox)}


@pytest.mark.parametrize("name", CLAIMS)
def test_cannot_earn_a_point_by(sandbox, plan, course, name):
    """What was not written earns nothing."""
    files = workspace_files(course, edition_of(course, "en"))
    found = outcomes(files, CLAIMS[name], plan, sandbox)
    assert found
    assert not found & {Outcome.PASSED, Outcome.UNGRADED}


@pytest.mark.parametrize("name", ["a_cycle", "a_million_nodes", "edges_without_end", "nodes_without_end"])
def test_cannot_earn_a_point_by_a_graph_of(sandbox, plan, course, name):
    """A graph that is none costs the checks that walk it, and no grader's patience."""
    few = replace(plan, checks=plan.checks[:2])
    found = outcomes(workspace_files(course, edition_of(course, "en")), NODE + GRAPHS[name] + ROOTED, few, sandbox)
    assert not found & {Outcome.PASSED, Outcome.UNGRADED}
