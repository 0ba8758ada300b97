"""An address names all that a verdict depends on, so that a verdict once reached need not be reached again. Pure.

It covers the files that a child imports (the student's and the given ones), the check with its parameters and seed,
what the reference showed, the limits, the isolation, Python, the packages, and our own code that judges. Not the
student's name, and not the checks that ran before in the same child: else one changed check would change all after it.

Which verdicts may be used again follows from how they are reached. What didn't pass has been run alone, in a fresh
child, before it counted: nothing but what the address covers had a part in it. What passed beside others has shown the
right answer, for this seed, out of these files; that is all that passing means, whoever's leavings lay about. It keeps
its points when a neighbour changes. The checks that have to run meet fewer leavings than in a whole run; they are run
alone before they fail, as ever. Never used again is what hangs on the machine's mood: time-outs, memory, being
killed from outside, our own faults, and all verdicts of a submission that has used up its CPU time.
"""

import ast
import hashlib
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from autograder.grading.plan import Plan
from autograder.model.check import Check
from autograder.model.transcript import Transcript
from autograder.model.verdict import Outcome, Verdict

_BYTES = 16  # of a digest: no two of all the checks in the world share one


class Addresses:
    """The addresses of what one candidate does under a plan.

    Args:
        files: what a child imports.
        plan: of the run.
    """

    def __init__(self, files: Mapping[str, bytes], plan: Plan) -> None:
        self._plan = plan
        self._base = digest_of(named(files), plan.course.package, plan.course.limits, plan.level, plan.judging)

    def of_check(self, check: Check) -> str:
        """Of whatever verdict there is on a check; its cause names lines, so a check that has moved is another.

        It covers the untouched modules of later units, with which a check is tried before it counts as failed.
        """
        later = named(self._plan.later_modules[check.exercise])
        return digest_of(self._base, self._task(check), check.source, check.visibility, self._expected(check), later)

    def of_pass(self, check: Check) -> str:
        """Of its having passed, which names no lines: a check that has only moved in its file still has."""
        seen = [(entry.label, entry.observation) for entry in self._expected(check).entries]
        return digest_of(self._base, self._task(check), _meaning(check.source), check.visibility, seen)

    def of(self, check: Check, verdict: Verdict) -> str:
        """Of this verdict."""
        return self.of_pass(check) if verdict.outcome is Outcome.PASSED else self.of_check(check)

    def of_notebooks(self, notebooks: Mapping[str, bytes]) -> str:
        """Of what comes of executing notebooks."""
        return digest_of(self._base, self._plan.course.kernel, named(notebooks))

    def _task(self, check: Check) -> object:
        return check.id, check.function, check.arguments, self._plan.seed_of(check)

    def _expected(self, check: Check) -> Transcript:
        return self._plan.expected[check.id]


def digest_of(*parts: object) -> str:
    """Names some records, numbers and texts."""
    encoded = msgspec.json.encode(parts, enc_hook=str, order="sorted")
    return hashlib.sha256(encoded).hexdigest()[: 2 * _BYTES]


def named(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digest of each file."""
    return {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}


@lru_cache(maxsize=4096)
def _meaning(source: str) -> str:
    """A source without what doesn't change what it does: its lines, blanks and comments."""
    return ast.dump(ast.parse(source))
