"""What is left on this machine: processes and mounts."""

import time
from pathlib import Path

from autograder.sandbox.inside.namespaces import UID
from autograder.sandbox.inside.users import FIRST, PAIRS

PATIENCE_S = 10.0
INIT = 1


def are_gone(parent):
    """Whether, within some seconds, nothing lives any more that a warm parent or its children started."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if not left_by(parent):
            return True
        time.sleep(0.02)
    return False


def left_by(parent):
    """The ids of living processes below a warm parent, and of those whose own parent died and that have its users."""
    living = {pid: status for pid, status in _statuses().items() if not status["State"].startswith("Z")}
    above = {pid: int(status["PPid"]) for pid, status in living.items()}
    orphans = {pid for pid in living if above[pid] == INIT and _is_child_user(int(living[pid]["Uid"].split()[0]))}
    return orphans | {pid for pid in living if parent in _ancestors(pid, above)}


def _statuses():
    found = {}
    for file in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in file.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        found[int(file.parent.name)] = lines
    return found


def _ancestors(pid, above):
    while (pid := above.get(pid, 0)) > INIT:
        yield pid


def _is_child_user(uid):
    return FIRST <= uid < FIRST + 2 * PAIRS or uid == UID


def mounts(folder):
    """What is mounted, but for what tests beside the one of this folder have mounted in folders of their own."""
    lines = Path("/proc/self/mounts").read_text().splitlines()
    return [line for line in lines if str(folder.parents[1]) not in line or str(folder) in line]
