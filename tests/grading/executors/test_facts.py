"""What a machine brings, and how two of them differ."""

import platform
from pathlib import Path

import numpy as np

import autograder
from autograder.grading.executors.facts import Facts, facts
from autograder.sandbox.level import Level
from autograder.sandbox.machine import Machine, probe


def test_what_this_machine_brings():
    """Its isolation, Python, the listed packages, and our own files."""
    found = facts(["numpy", "no-such-package"])
    assert found.machine == probe()
    assert found.software["Python"] == platform.python_version()
    assert found.software["numpy"] == np.__version__
    assert found.software["no-such-package"] == "(not installed)"
    assert len(found.software["autograder"]) == 12
    assert found.packages == ("numpy", "no-such-package")


def test_what_python_compiles_is_none_of_our_own_files():
    """Nor is what it has half written of it, which is gone a moment later."""
    before = facts([]).software
    half = Path(autograder.__file__).parent / "grading" / "__pycache__" / "half.cpython-311.pyc.139787837191088"
    half.parent.mkdir(exist_ok=True)
    try:
        half.write_bytes(b"half")
        assert facts([]).software == before
    finally:
        half.unlink()


def test_the_first_difference():
    """Isolation counts, too; what only the other has does not."""
    here = Facts(machine=Machine(level=Level.NAMESPACES), software={"Python": "3.12", "numpy": "2"})
    assert here.difference(here) is None
    weaker = Facts(machine=Machine(level=Level.NONE), software=here.software)
    assert here.difference(weaker) == ("isolation level namespaces", "isolation level none")
    lacking = Facts(machine=here.machine, software={"Python": "3.12"})
    assert here.difference(lacking) == ("numpy 2", "numpy None")
    assert lacking.difference(here) is None
