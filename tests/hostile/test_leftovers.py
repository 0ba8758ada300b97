"""After many children nothing is left: no process, no mount, no file, no descriptor."""

import gc
from pathlib import Path

import pytest

from autograder.sandbox.level import Level
from autograder.sandbox.warm import MissingMeansError, Sandbox
from tests.hostile.processes import are_gone, mounts, of_children
from tests.sandboxes import BOTH, EMPTY, SMALL, task

pytestmark = pytest.mark.sandbox
FOLDERS = ("/tmp", "/dev/shm", "/var/tmp", "/run", "/")
MESSY = """
import os, tempfile, threading
try: open(tempfile.mkdtemp() + '/x', 'w').write('left behind')
except OSError: pass
if os.fork() == 0:
    os.setsid()
    threading.Event().wait(600)
"""


def descriptors():
    """How many descriptors this process holds."""
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))


def names():
    """What lies in folders that everyone may write in."""
    return {folder: sorted(path.name for path in Path(folder).iterdir()) for folder in FOLDERS}


@pytest.mark.parametrize("level", BOTH)
def test_nothing_is_left_behind(level: Level):
    """Not by children that were closed, that died, or that were open when the sandbox was left."""
    before = of_children(), mounts(), names(), descriptors()
    try:
        with Sandbox(("numpy",), level) as sandbox:
            for number in range(60):
                with sandbox.start(EMPTY, "mytorch", SMALL) as child:
                    child.run(task(MESSY if number % 2 else "import os; os._exit(1)"))
            left_open = sandbox.start(EMPTY, "mytorch", SMALL)
            left_open.run(task(MESSY))
    except MissingMeansError as error:
        pytest.skip(str(error))
    with pytest.raises(Exception, match="before it was entered or after it was left"):
        left_open.close()
    assert are_gone(before[0])
    assert mounts() == before[1]
    assert names() == before[2]
    assert descriptors() == before[3]
