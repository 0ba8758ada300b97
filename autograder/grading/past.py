"""What the gradebook holds of a student whose submission is to be graded: it goes along to the worker."""

from collections.abc import Mapping

from autograder.gradebook.attempt import Evidence, Execution
from autograder.gradebook.packing import evidence_of
from autograder.grading.judged import Judged
from autograder.model.mark import Mark
from autograder.model.record import Record
from autograder.model.verdict import Verdict


class Past(Record, frozen=True):
    """A student's marks and last attempt.

    The verdicts of that attempt are used again where their addresses are the same. Those of another student who has
    handed in the same are not: each submission is graded for itself, so that nothing in one can depend on another.
    """

    marks: tuple[Mark, ...] = ()  # by hand, all that the student was ever given, the oldest first
    verdicts: tuple[Verdict, ...] = ()
    evidence: bytes = b""  # what the verdicts were made from, as the gradebook packs it: a worker unpacks it

    def judged(self, evidence: Evidence) -> Mapping[str, Judged]:
        """The verdicts that may be used again, by their addresses."""
        verdicts = {verdict.check: verdict for verdict in self.verdicts}
        return {
            each.address: Judged(
                verdict=verdicts[each.check], transcript=each.transcript, is_certain=True, address=each.address
            )
            for each in evidence.judgements
            if each.address is not None and each.check in verdicts
        }

    def unpacked(self) -> Evidence:
        """What the verdicts were made from; empty where there is nothing."""
        return evidence_of(self.evidence) if self.evidence else Evidence()


def executed(evidence: Evidence, address: str) -> Execution | None:
    """The notebooks as they were executed, if they would be so again."""
    return evidence.execution if evidence.execution and evidence.execution.address == address else None
