"""Student code cannot win rights, and can't reach parts of the kernel that no exercise needs."""

import platform

import pytest

from autograder.sandbox.ended import Ended
from autograder.sandbox.inside.seccomp import REFUSED
from autograder.sandbox.inside.system import number
from tests.hostile.attempts import CALLS, assert_refused, system_call

pytestmark = pytest.mark.sandbox


@pytest.mark.parametrize("name", REFUSED)
def test_cannot_call(room, name):
    """Each call of the list is refused before the kernel looks at its arguments."""
    assert_refused(room, [system_call(name, 0, 0, 0, 0, 0, 0)], CALLS)
    assert "Operation not permitted" in room.prints(
        f"{CALLS}\ntry:\n    {system_call(name, 0, 0, 0, 0, 0, 0)}\nexcept OSError as error:\n    print(error)"
    )


@pytest.mark.parametrize("name", ["mnt", "cgroup", "uts", "ipc", "user", "pid", "net"])
def test_cannot_make_a_namespace(room, name):
    """A new one would bring new rights."""
    flag = {
        "mnt": 0x20000,
        "cgroup": 0x2000000,
        "uts": 0x4000000,
        "ipc": 0x8000000,
        "user": 0x10000000,
        "pid": 0x20000000,
        "net": 0x40000000,
    }[name]
    attempts = [system_call("clone", flag | 17, 0, 0, 0, 0), system_call("unshare", flag), system_call("clone3", 0, 0)]
    assert_refused(room, attempts, CALLS)


def test_cannot_become_another_user(room):
    """Least of all root."""
    calls = ["setuid(0)", "setgid(0)", "setresuid(0, 0, 0)", "setgroups([0])", "seteuid(51999)", "setreuid(52000, 0)"]
    assert_refused(room, [f"os.{call}" for call in calls], "import os")
    assert room.prints("import os; print(0 in os.getresuid(), 0 in os.getresgid())") == "False False\n"


def test_has_no_capability_and_no_way_to_one(room):
    """The sets are empty, programs can't bring new ones, and the filter is on."""
    status = room.prints("print(open('/proc/self/status').read())")
    lines = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    empty = ["CapInh", "CapPrm", "CapEff", "CapAmb", *(["CapBnd"] if room.level == "namespaces" else [])]
    assert {int(lines[name], 16) for name in empty} == {0}
    assert lines["NoNewPrivs"] == "1"
    assert lines["Seccomp"] == "2"


def test_cannot_raise_a_limit(room):
    """Hard limits only go down."""
    setup = """
    import resource
    names = ["AS", "CPU", "NPROC", "FSIZE", "NOFILE", "CORE"]
    def raise_limit(name):
        which = getattr(resource, "RLIMIT_" + name)
        try:
            resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except ValueError as error:
            raise PermissionError(str(error))
    """
    assert_refused(
        room, [f"raise_limit({name!r})" for name in ("AS", "CPU", "NPROC", "FSIZE", "NOFILE", "CORE")], setup
    )


def test_cannot_take_priority(room):
    """Neither a better place in the queue nor real time."""
    attempts = ["os.nice(-5)", "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))"]
    assert_refused(room, attempts, "import os")


def test_cannot_outlive_its_parent_by_asking(room):
    """The signal that comes when the warm parent dies can't be taken off."""
    assert_refused(room, [system_call("prctl", 1, 0, 0, 0, 0)], CALLS)


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the second door is one of x86_64")
def test_cannot_use_the_second_door_for_32_bit_calls(room):
    """The kernel's other tables of calls are closed: one is refused, the other ends the process."""
    x32 = 0x40000000 + (number("socket") or 0)
    assert_refused(room, [f"call({x32}, 2, 1, 0)"], CALLS)
    machine_code = """
    import ctypes, mmap
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3]))  # getpid by interrupt 0x80
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    """
    reply = room.run(machine_code)
    assert isinstance(reply, Ended)
    assert "SIGSYS" in reply.detail


def test_cannot_make_a_device(namespaces):
    """Not even where it may write."""
    assert_refused(namespaces, ["os.mknod('/scratch/disk', 0o660 | 0o060000, os.makedev(254, 0))"], "import os")
