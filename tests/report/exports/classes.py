"""A result in which everything that a student must not see has a mark, and everything that may be seen another."""

from datetime import UTC, datetime

from msgspec.structs import replace

from autograder.model.check import Visibility
from autograder.model.mark import Action, Mark
from autograder.model.result import Adjustment, CheckScore, FindingLine, Result, UnitScore
from autograder.model.submission import Severity
from autograder.model.verdict import Outcome

SECRET = "s3cret"  # in ids, parameters and causes of hidden checks


def hidden(name: str, title: str, outcome: Outcome = Outcome.PASSED, points: float = 1.0) -> CheckScore:
    """A hidden check."""
    earned = None if outcome is Outcome.UNGRADED else points * (outcome is Outcome.PASSED)
    return CheckScore(
        id=f"test_{SECRET}::{name}[{SECRET}]",
        exercise="node.apply",
        unit="node",
        visibility=Visibility.HIDDEN,
        points=earned,
        max_points=points,
        outcome=outcome,
        cause=None if outcome is Outcome.PASSED else f"x.grad: expected 1, found {SECRET}",
        title=title,
    )


def public(name: str, title: str, outcome: Outcome = Outcome.PASSED, cause: str = "") -> CheckScore:
    """A public check."""
    return CheckScore(
        id=f"test_node::{name}",
        exercise="node.name",
        unit="node",
        visibility=Visibility.PUBLIC,
        points=0.0,
        max_points=0.0,
        outcome=outcome,
        cause=cause or None,
        title=title,
    )


def result(*checks: CheckScore, findings: tuple[str, ...] = (), student: str = "ada") -> Result:
    """A result of these checks."""
    score = sum(check.points or 0.0 for check in checks)
    most = sum(check.max_points for check in checks)
    return Result(
        student=student,
        score=score,
        max_score=most,
        units=(UnitScore(id="node", score=score, max_score=most),),
        checks=checks,
        findings=tuple(FindingLine(severity=Severity.NOTE, file="", message=message) for message in findings),
        level="namespaces",
    )


def by_hand(target: str, points: float = 0.0, comment: str = "", **more) -> Mark:
    """A mark of Ada's."""
    at = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    return Mark(student="ada", target=target, by="Tutor", at=at, points=points, comment=comment, **more)


MIXED = result(
    public("test_name[long]", "A node has a name."),
    public(
        "test_edge", "A node has edges.", Outcome.FAILED, "n.next_functions[0]: expected (None, 0),\nfound \x1b[1m1"
    ),
    hidden("test_a", "Gradients are added.", Outcome.FAILED),
    hidden("test_b", "Gradients are added."),
    hidden("test_c", "Nothing is freed twice.", Outcome.TIMED_OUT, points=2.5),
    hidden("test_d", "Hooks run once."),
    findings=("mytorch/node.py was changed", "handed in late"),
)
OPEN = result(hidden("test_a", "Gradients are added."), hidden("test_b", "Hooks run once.", Outcome.UNGRADED))
STOPPED = result(
    public("test_a", "A node has a name.", Outcome.NOT_RUN, "not run, since the file is missing"),
    hidden("test_b", "Hooks run once.", Outcome.NOT_RUN),
)
WHOLE = result(public("test_a", "A node has a name."), hidden("test_b", "Hooks run once."))
# A failed check given half of its points, another excused; two points beside the checks; one taken off for lateness.
HALF = hidden("test_a", "Gradients are added.", Outcome.FAILED, points=2.0)
EXCUSED = hidden("test_b", "Hooks run once.", Outcome.CRASHED)
REMARK = public("test_name", "A node has a name.")
MARKED = replace(
    result(replace(HALF, points=1.0), replace(EXCUSED, points=0.0, max_points=0.0), REMARK),
    score=2.0,
    max_score=5.0,
    units=(UnitScore(id="node", score=3.0, max_score=5.0),),
    marks=(
        by_hand(HALF.id, 1.0, "Nearly, but <see> why."),
        by_hand(EXCUSED.id, action=Action.EXCUSED),
        by_hand(REMARK.id, comment="A good name."),
        by_hand("node", 2.0, "Well said.", out_of=3.0),
    ),
    adjustments=(Adjustment(message="handed in late: {percent} percent less", values={"percent": "33"}, points=-1.0),),
)
ALL = (MIXED, OPEN, STOPPED, WHOLE, MARKED)
