"""One submission becomes verdicts, one for every planned check.

Public checks run first, hidden ones in children of their own, so that a process which saw a hidden check never has
anything to do with what students see. What fails is run again alone in a fresh child before it counts, since student
code can leave state behind; so one that hangs beside others is given up early. Two kinds need no second run: what ran
first in its child was alone already, and nothing that is left behind makes a function unwritten or a file no Python.

A mistake costs nothing in the units before its own: what has failed passes all the same if it does with the modules of
units that it does not rest on as students got them.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from msgspec.structs import replace

from autograder.checks.causes import NOT_PYTHON, NOT_WRITTEN
from autograder.checks.compare import compare
from autograder.grading.addresses import Addresses
from autograder.grading.findings import blocked
from autograder.grading.judged import Judged
from autograder.grading.plan import Plan
from autograder.model.check import Check, Visibility
from autograder.model.ids import CheckId, UnitId
from autograder.model.language import sentence
from autograder.model.submission import Finding, Submission
from autograder.model.transcript import Transcript
from autograder.model.verdict import Cause, Outcome, Verdict
from autograder.sandbox.ended import Ended
from autograder.sandbox.reusing import Reusing
from autograder.sandbox.warm import Sandbox

_NOTHING: Mapping[str, Judged] = MappingProxyType({})
_STATELESS = NOT_WRITTEN | {NOT_PYTHON}
SHARE = 0.25  # of a check's CPU seconds, for one that would be run again if it hung
OUT_OF_BUDGET = sentence(
    "not run, since the submission has used up its {seconds} s of CPU time, or was waited for much longer"
)
OUR_FAULT = sentence("the grader failed, which is not the student's fault ({error}): grade this submission again")


def examine(submission: Submission, plan: Plan, sandbox: Sandbox) -> tuple[Verdict, ...]:
    """The verdicts on a submission, in the plan's order. Nothing is raised: our own faults are UNGRADED verdicts."""
    return tuple(each.verdict for each in judge(submission, plan, sandbox))


def judge(
    submission: Submission, plan: Plan, sandbox: Sandbox, known: Mapping[str, Judged] = _NOTHING
) -> tuple[Judged, ...]:
    """The verdicts on a submission and what they were made from, in the plan's order; nothing is raised.

    Those that are `known` by their address are not reached again.
    """
    examiner = Examiner(submission, plan, known)
    examiner.judge(Visibility.PUBLIC, sandbox)
    examiner.judge(Visibility.HIDDEN, sandbox)
    return examiner.judged()


def candidate_files(submission: Submission) -> dict[str, bytes]:
    """The part of a submission that a child imports."""
    return {path: data for path, data in submission.files.items() if path.endswith(".py")}


def ungraded(check: Check, error: str) -> Verdict:
    """The verdict where the grader itself failed."""
    return Verdict(check=check.id, outcome=Outcome.UNGRADED, cause=Cause(message=OUR_FAULT, values={"error": error}))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a child said of a check, judged."""

    check: Check
    verdict: Verdict
    reply: Transcript | Ended | None  # None: there was no time to ask
    was_alone: bool  # it ran first in its child

    @property
    def transcript(self) -> Transcript | None:
        """What the check saw, if it ran to its end."""
        return self.reply if isinstance(self.reply, Transcript) else None

    @property
    def is_certain(self) -> bool:
        """Whether nothing that other checks left behind, and no mood of the machine, can have cost it the pass."""
        if self.verdict.outcome is Outcome.PASSED:
            return True
        is_lasting = self.reply.is_lasting if isinstance(self.reply, Ended) else self.reply is not None
        return is_lasting and (self.was_alone or not _may_pass_alone(self.verdict))


class Examiner:
    """Asks children about one submission's checks, pass by pass, and keeps count of the CPU seconds that they use.

    What is `known` by its address, or stopped by a finding, is not asked.
    """

    def __init__(self, submission: Submission, plan: Plan, known: Mapping[str, Judged] = _NOTHING) -> None:
        self._files = candidate_files(submission)
        self._plan = plan
        self._limits = plan.course.limits
        self._addresses = Addresses(self._files, plan)
        self._used_s = 0.0  # by children that have ended
        self._sandbox: Sandbox | Reusing  # of the pass, as is its limit
        self._limit_s: float
        stopped = blocked(submission, plan.course)
        self._found = {
            check.id: Judged(verdict=_stopped(check, stopped[check.exercise]), is_certain=True)
            for check in plan.checks
            if check.exercise in stopped
        }
        rest = [check for check in plan.checks if known and check.id not in self._found]
        self._found |= {check.id: found for check in rest if (found := self._recalled(check, known))}

    def judge(self, visibility: Visibility, sandbox: Sandbox | Reusing) -> None:
        """Run a pass. Half of the CPU time is kept for the hidden checks, which carry the points."""
        checks = [check for check in self._plan.checks if check.visibility is visibility]
        waiting = [check for check in checks if check.id not in self._found]
        self._sandbox = sandbox
        self._limit_s = self._limits.submission_cpu_s / (2 if visibility is Visibility.PUBLIC else 1)
        self._found |= self._pass(waiting)

    def judged(self) -> tuple[Judged, ...]:
        """What was found of each check, in the plan's order, once both passes have been run."""
        in_order = tuple(self._found[check.id] for check in self._plan.checks)
        return tuple(map(_doubted, in_order)) if any(map(_lacked_time, in_order)) else in_order

    def _recalled(self, check: Check, known: Mapping[str, Judged]) -> Judged | None:
        return known.get(self._addresses.of_pass(check)) or known.get(self._addresses.of_check(check))

    def _pass(self, checks: Sequence[Check]) -> dict[CheckId, Judged]:
        found: dict[CheckId, Judged] = {}
        try:
            for answer in self._answers(checks, self._files):
                found[answer.check.id] = self._judged(answer)
            self._without_later(found, checks)
        except Exception as error:  # noqa: BLE001 - whatever fails here is ours, and must cost no student anything
            told = f"{type(error).__name__}: {error}"
            found |= {check.id: Judged(verdict=ungraded(check, told)) for check in checks if check.id not in found}
        return found

    def _without_later(self, found: dict[CheckId, Judged], checks: Sequence[Check]) -> None:
        """Let what has failed pass if it does without what the student made of later units; else it stays as it is."""
        units: dict[UnitId, list[Check]] = {}
        for check in checks:
            is_failed = found[check.id].verdict.outcome not in (Outcome.PASSED, Outcome.NOT_RUN)
            if is_failed and self._with_later_untouched(check) != self._files:
                units.setdefault(self._plan.course.exercise(check.exercise).unit, []).append(check)
        before = {check.id: found[check.id] for failed in units.values() for check in failed}
        found |= {name: _doubted(judged) for name, judged in before.items()}  # until they have been tried
        for failed in units.values():
            for answer in self._answers(failed, self._with_later_untouched(failed[0])):
                found[answer.check.id] = self._tried(answer, before[answer.check.id])

    def _with_later_untouched(self, check: Check) -> dict[str, bytes]:
        return {**self._files, **self._plan.later_modules[check.exercise]}

    def _tried(self, answer: _Answer, before: Judged) -> Judged:
        """What counts of a check that failed before, now that it was tried without later units."""
        if answer.verdict.outcome is Outcome.PASSED:
            address = self._addresses.of_check(answer.check)  # that of a pass leaves the untouched modules out
            return replace(self._judged(answer), address=address)
        return before if answer.is_certain else _doubted(before)

    def _judged(self, answer: _Answer) -> Judged:
        address = self._addresses.of(answer.check, answer.verdict) if answer.is_certain else None
        return Judged(
            verdict=answer.verdict, transcript=answer.transcript, is_certain=answer.is_certain, address=address
        )

    def _answers(self, checks: Sequence[Check], files: dict[str, bytes]) -> Iterator[_Answer]:
        """What is said of each check, with these files; once more of those that may pass alone."""
        again = []
        for answer in self._in_turn(checks, files):
            yield answer
            if not answer.was_alone and _may_pass_alone(answer.verdict):
                again.append(answer.check)
        for check in again:
            yield from self._in_turn([check], files)

    def _in_turn(self, checks: Sequence[Check], files: dict[str, bytes]) -> Iterator[_Answer]:
        """What is said of each check; a new child where one has ended."""
        waiting = deque(checks)
        while waiting:
            left_s = self._limit_s - self._used_s
            if left_s <= 0:
                yield from (_Answer(check, self._out_of_budget(check), None, was_alone=True) for check in waiting)
                return
            with self._sandbox.start(files, self._plan.course.package, self._limits) as child:
                is_dead, is_first = child.ended is not None, True  # dead already: importing the package ended it
                while waiting and (is_dead or is_first or child.ended is None):
                    check, before_s, used_s = waiting.popleft(), child.cpu_s, child.used_s
                    wanted_s = self._limits.check_cpu_s * (1 if is_first else SHARE)
                    reply = child.run(check.task(self._plan.seed_of(check)), min(wanted_s, left_s - used_s))
                    verdict = self._verdict(check, reply, left_s - used_s, wanted_s)
                    verdict = replace(verdict, cpu_s=max(0.0, child.cpu_s - before_s))
                    yield _Answer(check, verdict, reply, is_first or is_dead)
                    is_first = False
            self._used_s += child.used_s

    def _verdict(self, check: Check, reply: Transcript | Ended, left_s: float, wanted_s: float) -> Verdict:
        if isinstance(reply, Transcript):
            return compare(self._plan.expected[check.id], reply, check)
        if reply.outcome is Outcome.TIMED_OUT and left_s < wanted_s:
            return self._out_of_budget(check)
        return Verdict(
            check=check.id, outcome=reply.outcome, cause=Cause(message=reply.message, values=dict(reply.values))
        )

    def _out_of_budget(self, check: Check) -> Verdict:
        seconds = {"seconds": f"{self._limits.submission_cpu_s:g}"}
        return Verdict(check=check.id, outcome=Outcome.NOT_RUN, cause=Cause(message=OUT_OF_BUDGET, values=seconds))


def _may_pass_alone(verdict: Verdict) -> bool:
    if verdict.outcome in (Outcome.PASSED, Outcome.NOT_RUN):
        return False
    return verdict.cause is None or verdict.cause.message not in _STATELESS


def _lacked_time(judged: Judged) -> bool:
    return judged.verdict.cause is not None and judged.verdict.cause.message == OUT_OF_BUDGET


def _doubted(judged: Judged) -> Judged:
    """The same, not to be used again: with some of it known, there would be more time for the rest."""
    return replace(judged, is_certain=False, address=None)


def _stopped(check: Check, finding: Finding) -> Verdict:
    cause = Cause(message=finding.message, values={"file": finding.file, **finding.values})
    return Verdict(check=check.id, outcome=Outcome.NOT_RUN, cause=cause)
