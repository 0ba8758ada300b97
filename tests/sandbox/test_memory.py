"""A machine or container with less memory than a course allows is told before anything is graded."""

import pytest

from autograder.model.course import Limits
from autograder.model.errors import MachineError
from autograder.sandbox.memory import require_memory

LIMITS = Limits(memory_mib=512)
LITTLE = {
    "the machine": {"proc/meminfo": "MemTotal:  9000000 kB\nMemAvailable:   409600 kB\n"},
    "a container": {"proc/meminfo": "MemAvailable:  9000000 kB\n", "sys/fs/cgroup/memory.max": "419430400\n"},
    "an older container": {"sys/fs/cgroup/memory/memory.limit_in_bytes": "419430400\n"},
}
ENOUGH = {
    "plenty": {"proc/meminfo": "MemAvailable:  600000 kB\n", "sys/fs/cgroup/memory.max": "max\n"},
    "a system that does not tell": {},
}


def machine(root, files):
    """A file system on which the kernel says this about memory."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


@pytest.mark.parametrize("name", LITTLE)
def test_too_little_memory_is_the_machines_fault(tmp_path, name):
    """The sentence says what there is, what is needed and what to do."""
    with pytest.raises(MachineError, match=r"^400 MiB of memory are free here, .* use 512: .*; end other programs"):
        require_memory(LIMITS, machine(tmp_path, LITTLE[name]))


@pytest.mark.parametrize("name", ENOUGH)
def test_enough_memory_is_not_remarked_on(tmp_path, name):
    """Nor is what can't be known."""
    require_memory(LIMITS, machine(tmp_path, ENOUGH[name]))
