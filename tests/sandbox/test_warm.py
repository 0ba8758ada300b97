"""The warm parent and what it is made of: each thing that can be refused says what was refused."""

import importlib.util
import os
import platform
import queue
import signal
import socket
from pathlib import Path

import pytest

from autograder.model.course import Limits
from autograder.model.errors import MachineError
from autograder.model.kernel import KernelName
from autograder.sandbox import packages, warm
from autograder.sandbox.inside import landlock, namespaces, room, seccomp, system, users
from autograder.sandbox.inside.system import RefusedError
from autograder.sandbox.kernel import KernelClient
from autograder.sandbox.level import Level
from autograder.sandbox.wire import HungUpError, Wire
from tests.sandboxes import EMPTY, SMALL, task

needs_sandbox = pytest.mark.sandbox
PACKAGES = tuple(name for name in ("numpy", "matplotlib") if importlib.util.find_spec(name))


def test_a_sandbox_is_entered_first():
    """Outside its `with` block it has no parent."""
    with pytest.raises(MachineError, match="used before it was entered or after it was left"):
        warm.Sandbox((), Level.NONE).start(EMPTY, "mytorch", SMALL)


@needs_sandbox
@pytest.mark.parametrize("level", Level)
def test_an_interrupt_is_one_however_the_grader_was_started(level):
    """A shell has its background jobs ignore Ctrl-C, and they hand that on; what students see must not hang on it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with warm.Sandbox((), level) as sandbox, sandbox.start(EMPTY, "mytorch", SMALL) as child:
            reply = child.run(task("import signal\nsignal.raise_signal(signal.SIGINT)"))
    finally:
        signal.signal(signal.SIGINT, before)
    assert reply.failure.type == "KeyboardInterrupt"


@needs_sandbox
@pytest.mark.parametrize("level", Level)
def test_a_parent_that_dies_is_the_machines_fault(level):
    """It is told as such, and leaving the block afterwards does not hang."""
    with warm.Sandbox((), level) as sandbox:
        os.kill(sandbox._process.pid, signal.SIGKILL)
        with pytest.raises(MachineError, match=r"warm parent (ended unexpectedly|did not answer)"):
            sandbox.start(EMPTY, "mytorch", SMALL)


@needs_sandbox
@pytest.mark.parametrize("kernel", [None, *KernelName])
def test_a_parent_has_one_thread(kernel):
    """Where a fork copies one thread of several, locks that the others held stay locked for ever."""
    if kernel is KernelName.IPYKERNEL:
        pytest.importorskip("ipykernel")
    with (
        warm.Sandbox(PACKAGES, Level.NAMESPACES, kernel=kernel) as sandbox,
        sandbox.start(EMPTY, "mytorch", SMALL, has_shell=bool(kernel)),
    ):
        assert len(list(Path(f"/proc/{sandbox._process.pid}/task").iterdir())) == 1


@needs_sandbox
def test_files_that_candidates_share_are_there_already():
    """A child imports them as if they had been sent, of a file whichever text it has; another text counts as well."""
    shared = {
        "mytorch/__init__.py": b"from .edge import name\nfrom .node import other",
        "mytorch/edge.py": b"name = 'edge'",
    }
    body = "import inspect\nprint(torch.name, torch.other, inspect.getsource(torch.edge))"
    texts = [("mytorch/node.py", b"other = 'shared'"), ("mytorch/node.py", b"other = 'alike'")]
    with warm.Sandbox((), Level.NONE, shared=[*shared.items(), *texts, ("mytorch/node.py", b"no Python")]) as sandbox:
        for own in (b"other = 'shared'", b"other = 'alike'", b"other = 'own'"):
            with sandbox.start(shared | {"mytorch/node.py": own}, "mytorch", SMALL) as child:
                printed = child.run(task(body)).output
            assert printed == f"edge {own.decode()[9:-1]} name = 'edge'\n\n"
        with sandbox.start({"mytorch/__init__.py": b""}, "mytorch", SMALL) as child:
            assert child.run(task("import mytorch.edge")).failure.type == "ModuleNotFoundError"


@needs_sandbox
def test_shared_files_may_be_larger_than_a_sockets_buffer():
    """The parent gets them whole."""
    files = {"mytorch/__init__.py": b"", "mytorch/edge.py": b"#" * 1_000_000}
    with warm.Sandbox((), Level.NONE, shared=files.items()) as sandbox, sandbox.start(files, "mytorch", SMALL) as child:
        assert child.run(task("print(1)")).output == "1\n"


@needs_sandbox
def test_a_parent_that_hangs_is_waited_for_only_so_long(monkeypatch):
    """Every wait has a limit."""
    monkeypatch.setattr(warm, "ANSWER_S", 0.2)
    with warm.Sandbox((), Level.NONE) as sandbox:
        os.kill(sandbox._process.pid, signal.SIGSTOP)
        with pytest.raises(MachineError, match="did not answer: timed out"):
            sandbox.start(EMPTY, "mytorch", SMALL)


@needs_sandbox
def test_a_child_that_can_not_be_made_says_why():
    """Before any student code runs."""
    with (
        warm.Sandbox((), Level.NAMESPACES) as sandbox,
        pytest.raises(warm.MissingMeansError, match=r"can't isolate at level namespaces: .*doctor"),
    ):
        sandbox.start(EMPTY, "mytorch", Limits(submission_cpu_s=float("nan")))


@needs_sandbox
def test_a_child_that_is_not_shut_in_in_time_runs_nothing(monkeypatch):
    """The machine may be to blame, the student is not."""
    monkeypatch.setattr("autograder.sandbox.child.SHUT_IN_S", 0)
    with warm.Sandbox((), Level.NONE) as sandbox, pytest.raises(MachineError, match="in time, as on a machine"):
        sandbox.start(EMPTY, "mytorch", SMALL)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_student_code_is_never_root():
    """Not even where nothing shuts it in."""
    with warm.Sandbox((), Level.NONE) as sandbox, sandbox.start(EMPTY, "mytorch", SMALL) as child:
        reply = child.run(task("import os\nprint(0 in (os.getuid(), os.geteuid(), os.getgid()), os.getgroups())"))
    assert reply.output == "False []\n"


@needs_sandbox
def test_a_package_that_can_not_be_imported_is_told(monkeypatch):
    """The parent's own words come through."""
    broken = packages.room(()).__class__(folders=(), masked=(), sys_path=("/nowhere",), modules=("missing",))
    monkeypatch.setattr(packages, "room", lambda *_: broken)
    with pytest.raises(MachineError, match="No module named"), warm.Sandbox((), Level.NONE):
        pass


def test_a_package_that_is_not_installed_is_named():
    """With the command that installs it."""
    with pytest.raises(
        MachineError,
        match=r"^the package 'no-such-package' is not installed here, and the course lists it: .* -m pip install",
    ):
        packages.room(("no-such-package",))


def test_a_room_holds_what_packages_need_and_no_more():
    """Numpy's own libraries come with it; what lies beside it does not."""
    made = packages.room(("numpy",))
    names = {folder.rsplit("/", 1)[1] for folder in made.folders}
    assert {"numpy", f"python{platform.python_version().rsplit('.', 1)[0]}"} <= names
    assert made.modules == ("numpy",)
    assert not {"msgspec", "pytest", "autograder", "site-packages"} & names
    assert all("site-packages" in folder or "dist-packages" in folder for folder in made.masked)
    assert "IPython" in {folder.rsplit("/", 1)[1] for folder in packages.room((), ("ipython",)).folders}


def test_an_unknown_architecture_has_no_calls(monkeypatch):
    """Nothing is called by a wrong number."""
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    with pytest.raises(RefusedError, match="namespaces: unshare is unknown on riscv64"):
        system.call("unshare", 0)
    assert system.number("mount") is None
    with pytest.raises(RefusedError, match="seccomp: no filter can be written for riscv64"):
        seccomp.program()


def test_another_system_has_no_calls(monkeypatch):
    """Linux's numbers mean something else there."""
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    assert system.number("mount") is None


def test_a_refused_call_is_named():
    """With the system's own words."""
    with pytest.raises(RefusedError, match=r"landlock: landlock_restrict_self: "):
        system.call("landlock_restrict_self", -1, 0, means="landlock")


def test_a_path_that_is_not_there_can_not_be_granted():
    """It is named, and nothing is restricted."""
    with pytest.raises(RefusedError, match="landlock: /nowhere: No such file or directory"):
        landlock.restrict(["/nowhere"], [])


def test_a_mount_that_is_refused_is_named():
    """By its kind and its target."""
    with pytest.raises(RefusedError, match=r"mount: .* \(tmpfs at /nowhere\)"):
        room.mount("none", "/nowhere", "tmpfs", 0)


def test_a_user_that_can_not_be_mapped_is_told():
    """Outside a fresh user namespace nothing can be mapped."""
    with pytest.raises(RefusedError, match=r"/proc/self/(setgroups|uid_map): "):
        room.map_user(0, 0, 0, 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_two_children_never_have_one_user(monkeypatch):
    """A user id is claimed, and when all are there is a sentence."""
    monkeypatch.setattr(users, "FIRST", 53_100)
    monkeypatch.setattr(users, "PAIRS", 2)
    first, second = users.FreshUser(), users.FreshUser()
    assert {first.uid, second.uid} == {53_100, 53_102}
    with pytest.raises(RefusedError, match="user ids 53100 to 53103 are all taken"):
        users.FreshUser()
    first._claim.close()
    second._claim.close()


def test_a_question_to_a_child_that_is_gone_is_a_hang_up():
    """Writing fails like reading does."""
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours, pytest.raises(HungUpError):
        Wire(ours).ask(object, {"do": "load"}, lambda: 1.0)


def test_a_kernel_without_messages_says_so():
    """As Jupyter's own channels do."""
    channel = KernelClient(None).iopub_channel
    with pytest.raises(queue.Empty):
        channel.get_msg(timeout=1).send(None)


def test_one_rule_of_landlock_covers_the_packages(monkeypatch):
    """Where they lie, the room has no others; unless it is our own code that lies there, too."""
    monkeypatch.setattr(namespaces, "OWN", "/checkout/autograder/sandbox/inside")
    assert namespaces._ruled("/site-packages/numpy", ["/lib/python", "/site-packages"]) == "/site-packages"
    assert namespaces._ruled("/lib/python", ["/lib/python", "/site-packages"]) == "/lib/python"
    monkeypatch.setattr(namespaces, "OWN", "/site-packages/autograder/sandbox/inside")
    assert namespaces._ruled("/site-packages/numpy", ["/site-packages"]) == "/site-packages/numpy"
