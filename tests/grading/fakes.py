"""A sandbox that answers from a script, and notes which child was asked what."""

from contextlib import contextmanager

from autograder.model.check import Check, Truth, Visibility
from autograder.model.transcript import Count, Entry, Failure, Place, Transcript
from autograder.model.verdict import Outcome
from autograder.sandbox.ended import Ended

RIGHT = Transcript(entries=(Entry(line=2, observation=Count(count=1)),))
WRONG = Transcript(entries=(Entry(line=2, observation=Count(count=7)),))
RAISED = Transcript(entries=(), failure=Failure(type="KeyError", text="x"))
UNWRITTEN = Transcript(entries=(), failure=Failure(type="NotImplementedError", text=""))
NO_PYTHON = Transcript(
    entries=(), failure=Failure(type="SyntaxError", text="x", place=Place(file="pocket/purse.py", line=1, function=""))
)
HUNG = Ended(outcome=Outcome.TIMED_OUT, message="still computing after {seconds} s", values={"seconds": "2"})
CRASHED = Ended(outcome=Outcome.CRASHED, message="exit status {status}", values={"status": "3"})
KILLED = Ended(outcome=Outcome.CRASHED, message="killed by {name}", values={"name": "SIGKILL"})
FILLS = Ended(outcome=Outcome.DISK_FULL, message="more than {most}", values={"most": "16"})
SPRAWLS = Ended(outcome=Outcome.TOO_MANY_PROCESSES, message="more than {most}", values={"most": "16"})
STARVES = Ended(outcome=Outcome.OUT_OF_MEMORY, message="more than {mebibytes} MiB", values={"mebibytes": "512"})


def check(name, visibility=Visibility.HIDDEN, exercise="purse.put", points=1.0):
    """A check that counts something."""
    return Check(
        id=name,
        exercise=exercise,
        title=f"Title of {name}.",
        visibility=visibility,
        points=points if visibility is Visibility.HIDDEN else 0,
        truth=Truth.REFERENCE,
        file="solutions/checks/test_x.py",
        line=1,
        source="def test(torch, see):\n    see.count(1)\n",
        function="test",
    )


class FakeChild:
    """Answers each check with the next reply of its script, the last one again and again."""

    def __init__(self, script, ended=None, cost_s=0.1, wait_s=0.0):
        self.script, self.asked, self.ended, self.cost_s, self.cpu_s = script, [], ended, cost_s, 0.0
        self.limits_s, self.wait_s, self.used_s = [], wait_s, 0.0

    def run(self, task, cpu_limit_s):
        """The next reply, whatever time there is; an `Ended` ends this child, an exception is raised."""
        if self.ended is not None:
            return self.ended
        self.asked.append((task.id, task.seed))
        self.limits_s.append(cpu_limit_s)
        replies = self.script.get(task.id, [RIGHT])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if isinstance(reply, Exception):
            raise reply
        self.cpu_s += self.cost_s
        self.used_s += self.cost_s + self.wait_s
        if isinstance(reply, Ended):
            self.ended = reply
        return reply


class FakeSandbox:
    """Starts children that share a script; `children` says what each was asked."""

    def __init__(self, script=(), dead_on_arrival=None, cost_s=0.1, wait_s=0.0):
        self.script = {name: list(replies) for name, replies in dict(script).items()}
        self.dead_on_arrival, self.cost_s, self.wait_s = dead_on_arrival, cost_s, wait_s
        self.started, self.files = [], []

    @contextmanager
    def start(self, files, package, limits):
        """A child, whatever the files."""
        child = FakeChild(self.script, self.dead_on_arrival, self.cost_s, self.wait_s)
        self.started.append(child)
        self.files.append(files)
        yield child

    @property
    def children(self):
        """The names of the checks that each child was asked, in order."""
        return [[name for name, _ in child.asked] for child in self.started]
