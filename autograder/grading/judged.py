"""What the examiner makes of one check, and whether it would do so again."""

from autograder.gradebook.attempt import Judgement
from autograder.model.record import Record
from autograder.model.transcript import Transcript
from autograder.model.verdict import Verdict


class Judged(Record, frozen=True):
    """A verdict and what it was made from."""

    verdict: Verdict
    transcript: Transcript | None = None  # None where the check did not run to its end
    is_certain: bool = False  # whether grading the same again would give the same
    address: str | None = None  # where it is certain and the check was run

    @property
    def judgement(self) -> Judgement:
        """The part that is kept as evidence."""
        return Judgement(check=self.verdict.check, address=self.address, transcript=self.transcript)
