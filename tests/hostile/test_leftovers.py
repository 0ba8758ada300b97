"""After many children nothing is left: no process, no mount, no file, no descriptor."""

import gc
from pathlib import Path

import pytest

from autograder.model.errors import MachineError
from autograder.sandbox.level import Level
from autograder.sandbox.warm import MissingMeansError, Sandbox
from tests.hostile.processes import are_gone, mounts
from tests.sandboxes import BOTH, EMPTY, SMALL, task

pytestmark = pytest.mark.sandbox
FOLDERS = ("/tmp", "/dev/shm", "/var/tmp", "/run", "/", "/scratch")
MESSY = """
import os, tempfile, threading
try: open(tempfile.mkdtemp(prefix='left-behind-') + '/x', 'w').write('left behind')
except OSError: pass
if os.fork() == 0:
    os.setsid()
    threading.Event().wait(600)
"""


def descriptors():
    """How many descriptors this process holds."""
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir()))


def files():
    """What children made and did not take with them."""
    return [path for folder in FOLDERS for path in Path(folder).glob("left-behind-*")]


@pytest.mark.parametrize("level", BOTH)
def test_nothing_is_left_behind(level: Level, tmp_path):
    """Not by children that were closed, that died, or that were open when the sandbox was left."""
    before = mounts(tmp_path), descriptors()
    try:
        with Sandbox(("numpy",), level) as sandbox:
            parent = sandbox._process.pid
            for number in range(60):
                with sandbox.start(EMPTY, "mytorch", SMALL) as child:
                    child.run(task(MESSY if number % 2 else "import os; os._exit(1)"))
            assert are_gone(parent)
            left_open = sandbox.start(EMPTY, "mytorch", SMALL)
            left_open.run(task(MESSY))
    except MissingMeansError as error:
        pytest.skip(str(error))
    with pytest.raises(MachineError, match="before it was entered or after it was left"):
        left_open.close()
    assert are_gone(parent)
    assert files() == []
    assert (mounts(tmp_path), descriptors()) == before
