"""Workers that obey the name of the submission; what each did is noted in the submission's file."""

import os

import msgspec
from msgspec.structs import replace

from autograder.grading.grader import Graded, not_graded


def obey(found, plan):
    """A grade, as a worker sends it; unless the name says to die, to hang or to be sick, once or always."""
    with found.path.open("a") as notes:
        notes.write(f"{os.getpid()}\n")
    is_first = len(tries(found.path)) == 1
    if found.student == "always dies" or (found.student == "dies once" and is_first):
        os._exit(9)
    if found.student == "hangs":
        while True:
            pass
    if found.student == "always sick" or (found.student == "sick once" and is_first):
        return msgspec.json.encode(not_graded(found, plan, "sick"))
    attempt = replace(not_graded(found, plan, "").attempt, verdicts=())
    return msgspec.json.encode(Graded(attempt=attempt, language="en", files={}))


def obey_there(bench, found):
    """The same, on a worker of a cluster."""
    return obey(found, bench.plan)


def tries(path):
    """The processes that had a submission, in order."""
    return path.read_text().split() if path.exists() else []


def told(answer):
    """The sentence of an ungraded submission."""
    return str(answer.verdicts[0].cause)
