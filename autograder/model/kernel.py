"""What can execute a notebook's cells in a child, and the packages that it needs there."""

from __future__ import annotations

from enum import StrEnum


class KernelName(StrEnum):
    """Both are shut in alike, and put out the same but for what `tests/sandbox/test_kernels.py` names."""

    QUICK = "quick"  # IPython's shell, made once in the warm parent
    IPYKERNEL = "ipykernel"  # the kernel that JupyterLab starts, with all its threads and messages

    @property
    def packages(self) -> tuple[str, ...]:
        """What has to exist in the sandbox besides the course's packages, by the names that pip knows."""
        return ("ipython" if self is KernelName.QUICK else "ipykernel", "matplotlib-inline")
