"""A scheduler of dask.distributed: the way to it, and what its workers bring."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec
from distributed import Client, Security
from distributed.comm import connect

from autograder.grading.executors.facts import Facts, facts
from autograder.model.errors import MachineError, UsageError

_CONNECT_S, _FIRST_WORKER_S = 10.0, 20.0


@contextmanager
def connected(address: str, timeout_s: float = _CONNECT_S) -> Iterator[Client]:
    """A connection to a scheduler, such as `tcp://10.0.0.1:8786`.

    Raises:
        UsageError: none answers there.
    """
    try:
        asyncio.run(_call(address, timeout_s))
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"{address}: no scheduler answers there ({error}); start one with `dask scheduler`, and give the address"
            " that it prints with --scheduler"
        ) from error
    with Client(address, timeout=timeout_s, set_as_default=False, name="autograder") as client:
        yield client


async def _call(address: str, timeout_s: float) -> None:
    """See that somebody listens; a client that finds nobody is never rid of again."""
    call = await connect(address, timeout=timeout_s, **Security().get_connection_args("client"))
    await call.close()


def common_facts(client: Client, packages: Sequence[str], timeout_s: float = _FIRST_WORKER_S) -> Facts:
    """What all workers bring.

    Raises:
        MachineError: there are none, one can't be asked, or one differs from the others.
    """
    address = client.scheduler.address
    try:
        client.wait_for_workers(1, timeout=timeout_s)
    except TimeoutError as error:
        raise MachineError(
            f"the scheduler {address} has no workers: start some with `dask worker {address} --nthreads 1`"
        ) from error
    return agreed(client.run(facts_as_json, tuple(packages), on_error="return"))


def agreed(told: Mapping[str, bytes | Exception]) -> Facts:
    """What all workers bring, by what each has told.

    Raises:
        MachineError: one couldn't tell, or differs from the others.
    """
    (first, theirs), *others = [(worker, _decoded(worker, told[worker])) for worker in sorted(told)]
    for worker, other in others:
        if difference := theirs.difference(other):
            raise MachineError(
                f"the worker {first} has {difference[0]}, and {worker} has {difference[1]}: make them alike, since"
                " results could differ"
            )
    return theirs


def facts_as_json(packages: tuple[str, ...]) -> bytes:
    """What the machine that this runs on brings."""
    return msgspec.json.encode(facts(packages))


def _decoded(worker: str, said: bytes | Exception) -> Facts:
    if isinstance(said, Exception):
        raise MachineError(
            f"the worker {worker} can't grade ({type(said).__name__}: {said}): install there what is installed here,"
            " with `pip install 'autograd-course[cluster]'`"
        ) from said
    return msgspec.json.decode(said, type=Facts)
