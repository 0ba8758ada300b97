"""A container that grades, for machines whose own system can't isolate: the folder it is built from, and its command.

In a container as Docker makes them, namespaces are refused and Landlock and fresh users work: level `uid+landlock`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from autograder.build.bundle import bundled, python_version
from autograder.build.folder import replace_folder
from autograder.model.workspace import DIGESTS_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.course import Course

DOCKERFILE = """\
# Grades the class that is mounted at /submissions into /report. The image holds the solutions: never publish it.
FROM python:{python}-slim

COPY requirements.txt /grader/
RUN pip install --no-cache-dir --requirement /grader/requirements.txt

COPY machine /grader/machine
COPY course /grader/course
COPY solutions /grader/solutions
RUN chmod -R go-rwx /grader

ENV PYTHONPATH=/grader/machine PYTHONDONTWRITEBYTECODE=1
WORKDIR /grader/course

# Only root can give each submission a user of its own; student code never runs as root.
USER root
ENTRYPOINT ["python", "-P", "-c", "from autograder.cli.main import main; main()"]
CMD ["grade", "/submissions", "--out", "/report"]
"""
CAPABILITIES = ("DAC_OVERRIDE", "KILL", "SETGID", "SETUID")  # to read what is mounted, to give users and to end them


def write_container(course: Course, out: Path) -> None:
    """Write the folder that the container is built from; one that was written before, and not changed, is replaced.

    Raises:
        CourseError: course.toml names the solutions in a way that can't be changed to their place in the container.
        MachineError: what the machine needs is not installed here, so that its version is not known.
        UsageError: `out` holds something else, or can't be written.
    """
    files = {**bundled(course), "Dockerfile": DOCKERFILE.format(python=python_version()).encode()}
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    with replace_folder(out) as staged:
        for path, data in {**files, DIGESTS_FILE: msgspec.json.encode(digests, order="sorted")}.items():
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            (staged / path).write_bytes(data)


def container_command(folder: Path) -> str:
    """The command that builds the container and grades `submissions` into `report`, both in the current folder."""
    capabilities = " ".join(f"--cap-add {name}" for name in CAPABILITIES)
    return (
        f"docker run --rm --init --network none --security-opt no-new-privileges --cap-drop ALL {capabilities}"
        ' -v "$PWD/submissions:/submissions:ro" -v "$PWD/report:/report"'
        f' $(docker build --quiet "{folder}")'
    )
