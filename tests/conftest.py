"""What holds for every test."""

import gc


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of collected tests and PyTorch, which live as long as the process."""
    gc.collect()
    gc.freeze()
