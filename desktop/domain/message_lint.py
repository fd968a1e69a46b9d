"""The rules of tone over a message: what blocks it and what to think about, with the words and a way out."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from desktop.domain.message import Finding, Medium
from desktop.domain.message_check import check
from desktop.domain.message_letter import LONGEST, Context, Letter, Note, shortened
from desktop.domain.message_lint_names import internal, others
from desktop.domain.message_lint_style import FORM, style
from desktop.domain.message_lint_time import next_update, zones
from desktop.domain.message_lint_told import RELEASE, approvals, contradictions, release

#: What each rule is about, by its number.
RULES: dict[int, str] = {
    1: "Complete, and the right stage",
    2: "The next update by the clock",
    3: "Nothing internal, no names",
    4: "No other customer",
    5: "Only what was approved",
    6: "No guesses",
    7: "No absolute promises",
    8: "No blame",
    9: "Not more than it is",
    10: "Not less than it is",
    11: "No hollow apology",
    12: "Plain words",
    13: "Short sentences, and who does it",
    14: "Figures with their source",
    15: "No contradiction with the last message",
    16: "A calm voice",
    17: "One zone, the reader's",
    18: "A second person's release",
}
#: The rules that block sending; each can be overridden with a reason.
BLOCKING = frozenset({1, 2, 3, 4, 5, 15, 18})

_Rule = Callable[[Letter, Context], Iterable[Finding]]
_EACH: tuple[_Rule, ...] = (check, next_update, internal, others, approvals, contradictions, style, zones)
_WEIGHT = {"block": 0, "warning": 1, "suggestion": 2}
#: More findings of one rule in one text are counted.
_MOST = 20


def lint(letters: Sequence[Letter], context: Context) -> tuple[Finding, ...]:
    """What is to be said of these texts of one message: what blocks first, then by channel and place."""
    found: list[Finding] = []
    for letter in letters:
        found += _of_one(letter, context)
    if letters:  # a release is of the message, not of one of its channels
        found += release(letters[0], context)
    order = {letter.medium: place for place, letter in enumerate(letters)}
    found.sort(key=lambda each: (_WEIGHT[each.kind], order[each.medium], not each.in_subject, each.begin))
    return tuple(found)


def _of_one(letter: Letter, context: Context) -> Iterator[Finding]:
    short = shortened(letter)
    if len(letter.body) > LONGEST:
        yield Note(letter, FORM).whole(
            f"The text has {len(letter.body)} signs: only the first {LONGEST} were looked at.", "Shorten it."
        )
    for rule in _EACH:
        counts: dict[int, int] = {}
        for finding in rule(short, context):
            counts[finding.rule] = counts.get(finding.rule, 0) + 1
            if counts[finding.rule] <= _MOST:
                yield finding


def left(findings: Iterable[Finding], overridden: frozenset[int]) -> tuple[Finding, ...]:
    """The findings without those that a reason lets pass."""
    return tuple(
        each
        for each in findings
        if not (each.rule in overridden and each.can_override and each.kind == "block")
    )


__all__ = ["BLOCKING", "RELEASE", "RULES", "Context", "Letter", "Medium", "left", "lint"]
