"""Makes this workspace ready for work: `python3 start.py`, once, and again after the folder was moved.

It makes `.venv` with what the course needs, from the folder `wheels` where that holds all of it, from the network
otherwise. `python3 start.py --download` fills `wheels`, for a computer without network.
"""

# A copy of this file lies in each workspace and runs there with nothing but Python's own library, on a Python that may
# be too old for the course: so the annotations are plain ones, and no newer syntax is used.

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn


def sentence(english: str) -> str:
    """The sentence itself, marked for the catalogue."""
    return english


OLDEST = (3, 11)
SENTENCES_FILE = ".course/start.json"  # each sentence in the workspace's language

TOO_OLD = sentence(
    "This course needs Python {oldest} or newer, and this is Python {found} ({python}). Install a newer one from "
    "python.org, and run start.py with it"
)
NO_WHEEL = sentence(
    "The file wheels/autograd_course-….whl is missing: copy the folder `wheels` from the workspace as you got it"
)
NO_VENV = sentence(
    "The folder .venv can't be made ({error}). On Debian and Ubuntu `sudo apt install python3-venv` helps; "
    "elsewhere, use the Python from python.org"
)
NOT_OURS = sentence("The folder .venv is no Python environment, and it is not touched: rename it, and run this again")
INSTALLING = sentence("Installing what the course needs into .venv; this may take some minutes …")
NOT_INSTALLED = sentence(
    "The course's packages can't be installed; above stands why. Without network, run `{python} start.py --download` "
    "on a computer that has one, with the same system and Python, and copy the folder `wheels` from there"
)
NO_NOTEBOOKS = sentence("There was no way to get JupyterLab; everything but the notebooks works.")
DOWNLOADED = sentence("The folder `wheels` holds all that the course needs; no network is needed any more.")
READY = sentence("Ready. What you can do now:")
OPEN_LAB = sentence("{command}  opens the lessons in JupyterLab")
OPEN_CODE = sentence("VS Code: open this folder and a notebook in it, and choose .venv as the kernel")
WATCH = sentence("{command}  checks your work at each save")

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
WINDOWS = os.name == "nt"
TOOLS = ENVIRONMENT / ("Scripts" if WINDOWS else "bin")
PYTHON = TOOLS / ("python.exe" if WINDOWS else "python")
PLACE_FILE = ENVIRONMENT / "made-in.txt"  # where .venv was made; its commands work there alone
NOTEBOOKS = "jupyterlab"  # brings the kernel, with which VS Code runs notebooks, too
PIP = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
INSTALL = ["install", "--no-compile"]  # Python compiles what is used, a small part of it, when it is used
FIND = ["--find-links", str(HERE / "wheels")]
OFFLINE, ONLINE = ["--no-index"], ["--retries", "2"]


def main() -> None:
    """Make `.venv`, or with `--download` fill `wheels`; a sentence and exit code 2 where that fails."""
    if sys.version_info < OLDEST:
        found, oldest = (".".join(map(str, version[:2])) for version in (sys.version_info, OLDEST))
        fail(TOO_OLD, oldest=oldest, found=found, python=sys.executable)
    wheels = sorted((HERE / "wheels").glob("autograd_course-*.whl"))
    if not wheels:
        fail(NO_WHEEL)
    make_environment()
    tell(say(INSTALLING))
    if "--download" in sys.argv[1:]:
        download(str(wheels[-1]))
    else:
        install(str(wheels[-1]))


def make_environment() -> None:
    """Make `.venv`, anew where it was made in another place or doesn't work any more."""
    if ENVIRONMENT.exists() and not (ENVIRONMENT / "pyvenv.cfg").is_file():
        fail(NOT_OURS)
    if works():
        return
    try:
        venv.create(str(ENVIRONMENT), clear=ENVIRONMENT.exists(), with_pip=True, symlinks=not WINDOWS)
    except (OSError, subprocess.CalledProcessError) as error:
        fail(NO_VENV, error=error)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([str(PYTHON), "-c", ask], stdout=subprocess.PIPE, check=True)  # noqa: S603 - just made
    packages = os.fsdecode(answer.stdout).strip()
    # A path file, so that the package and the lessons' modules are found from every folder.
    Path(packages, "workspace.pth").write_text(os.path.relpath(str(HERE), packages) + "\n", encoding="utf-8")
    PLACE_FILE.write_text(str(HERE), encoding="utf-8")


def works() -> bool:
    """Whether `.venv` was made here, for this version of Python, and starts."""
    ask = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        is_here = PLACE_FILE.read_text(encoding="utf-8") == str(HERE)
        answer = subprocess.run([str(PYTHON), "-c", ask], stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - ours
    except OSError:
        return False
    return is_here and answer.returncode == 0


def install(wheel: str) -> None:
    """Install into `.venv`: from `wheels` if all lies there, else from the network, else as much as there is."""
    pip([*INSTALL, "--no-deps", "--force-reinstall", wheel], OFFLINE)  # anew, though the version be the same
    if pip([*INSTALL, *FIND, wheel, NOTEBOOKS], OFFLINE) is None:
        tell_ready(has_notebooks=True)
        return
    why = pip([*INSTALL, *FIND, wheel, NOTEBOOKS], ONLINE)
    if why is None:
        tell_ready(has_notebooks=True)
    elif pip([*INSTALL, *FIND, wheel], OFFLINE) is None:
        tell_ready(has_notebooks=False)
    else:
        sys.stderr.write(why)
        fail(NOT_INSTALLED, python=called())


def download(wheel: str) -> None:
    """Put all that the course needs into `wheels`."""
    why = pip(["download", "--dest", str(HERE / "wheels"), *FIND, wheel, NOTEBOOKS], ONLINE)
    if why is not None:
        sys.stderr.write(why)
        fail(NOT_INSTALLED, python=called())
    tell(say(DOWNLOADED))


def pip(what: "list[str]", how: "list[str]") -> "str | None":
    """Run pip; None if all went well, else what it said."""
    ended = subprocess.run([*PIP, *what, *how], stderr=subprocess.PIPE, check=False)  # noqa: S603 - pip, on our own list
    return None if ended.returncode == 0 else ended.stderr.decode("utf-8", "replace")


def tell_ready(*, has_notebooks: bool) -> None:
    """What can be done now, a line each."""
    lab, watch = (str((TOOLS / name).relative_to(HERE)) for name in ("jupyter", "autograder"))
    tell(say(READY))
    if has_notebooks:
        tell("  " + say(OPEN_LAB, command=f"{lab} lab lessons"))
        tell("  " + say(OPEN_CODE))
    else:
        tell("  " + say(NO_NOTEBOOKS))
    tell("  " + say(WATCH, command=f"{watch} watch"))


def called() -> str:
    """How this Python is called on the command line."""
    return "py" if WINDOWS else Path(sys.executable).name


def say(english: str, **values: object) -> str:
    """A sentence in the workspace's language, its {placeholders} filled in."""
    try:
        known = json.loads((HERE / SENTENCES_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    return str(known.get(english, english)).format(**values)


def tell(text: str, *, is_fault: bool = False) -> None:
    """Print a line; what the terminal can't write becomes `?`."""
    stream = sys.stderr if is_fault else sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def fail(english: str, **values: object) -> NoReturn:
    """End with a sentence."""
    tell(say(english, **values), is_fault=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
