"""A scheduler and its workers, for one test or for those of a module."""

from contextlib import ExitStack

import pytest

from tests.clusters import Cluster


@pytest.fixture
def new_cluster(tmp_path):
    """A cluster without workers, for one test."""
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    with ExitStack() as stack:
        yield Cluster(tmp_path, stack)


@pytest.fixture(scope="module")  # while it lives it keeps a CPU busy
def cluster(tmp_path_factory):
    """A cluster with two workers."""
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    with ExitStack() as stack:
        started = Cluster(tmp_path_factory.mktemp("cluster"), stack)
        for _ in range(2):
            started.add_worker()
        yield started
