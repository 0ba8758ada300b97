"""Which of a student's attempts counts."""

from collections.abc import Callable, Sequence

from autograder.gradebook.attempt import Attempt
from autograder.model.policy import Counted


def counted(attempts: Sequence[Attempt], counts: Counted, points: Callable[[Attempt], float]) -> Attempt:
    """The attempt that counts, of one student's, the oldest first: the last, or the one with the most points.

    Of a submission that was graded several times only the newest grading has a part in this, so that grading again
    can also take points away; of equals the later counts.
    """
    if counts is Counted.LAST:
        return attempts[-1]
    newest = {attempt.submission_digest: place for place, attempt in enumerate(attempts)}
    return max((attempts[place] for place in sorted(newest.values(), reverse=True)), key=points)
