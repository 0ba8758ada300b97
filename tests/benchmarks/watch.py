"""How long a student waits for a verdict after a save: `python -m tests.benchmarks.watch [SAVES]`.

The real course with its answers is watched in a real terminal. Each module that students write is saved again and
again, as editors do it, a comment longer each time and while what the last save touched elsewhere may still be checked;
the clock runs from the save to the first verdict that is printed. The aim is 0.3 seconds. How long a bare Python takes
to start says how busy the machine is.
"""

# ruff: noqa: T201 - what it prints is what it is for
from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from autograder.build.course import load_course
from autograder.build.reference import student_modules
from tests.student.terminal import COMMAND, Terminal

COURSE = load_course(Path(__file__).parents[2] / "course")
AIM_S, SAVES = 0.3, 10
VERDICT = r"(✓|✗|·|…) [\w.]+: "


def waits(root: Path, modules: list[str], saves: int) -> dict[str, list[float]]:
    """Seconds from each save of a module of the workspace at `root` to its first verdict."""
    terminal = Terminal(root)
    try:
        terminal.read_until("to hand in")
        return {module: [_wait(terminal, module, number) for number in range(saves)] for module in modules}
    finally:
        terminal.close()


def _wait(terminal: Terminal, module: str, number: int) -> float:
    text = (terminal.root / module).read_text(encoding="utf-8") + f"# save {number}\n"
    start_s = time.monotonic()
    terminal.save(text, module)
    terminal.read_until("--- saved")
    terminal.read_until(VERDICT)
    waited_s = time.monotonic() - start_s
    terminal.read_until("Next: |to hand in")
    return waited_s


def _start() -> float:
    start_s = time.monotonic()
    subprocess.run([sys.executable, "-I", "-c", "pass"], check=True)
    return time.monotonic() - start_s


def workspace(folder: Path) -> Path:
    """The real course's workspace with its answers."""
    out = folder / "work"
    command = [*COMMAND[:-1], "build", "--out", out, "--course", COURSE.root, "--answers"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return out


def main(saves: int) -> None:
    """Measure, and print a line for each module."""
    with tempfile.TemporaryDirectory() as folder:
        found = waits(workspace(Path(folder)), list(student_modules(COURSE)), saves)
    print(f"{'module':32} {'median':>8} {'worst':>8}   of {saves} saves, in seconds; the aim is {AIM_S}")
    for module, waited in found.items():
        print(f"{module:32} {median(waited):8.3f} {max(waited):8.3f}")
    everything = [one for waited in found.values() for one in waited]
    print(f"{'all':32} {median(everything):8.3f} {max(everything):8.3f}")
    starts = [_start() for _ in range(saves)]
    print(f"{'(a bare Python starts)':32} {median(starts):8.3f} {max(starts):8.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SAVES)
