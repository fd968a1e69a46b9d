"""Rules 5, 15 and 18: what was approved, what was said before, and a second person's word."""

import re
from collections.abc import Iterator

from desktop.domain.merge_field import FIELDS
from desktop.domain.message import FINAL_STAGES, Finding, Medium, Stage
from desktop.domain.message_letter import Context, Letter, Note
from desktop.domain.message_lint_time import times_in

APPROVAL, CONTRADICTION, RELEASE = 5, 15, 18
_STATUS = ("investigating", "identified", "contained", "resolved", "review")
_NUMBER = re.compile(r"\d[\d.,' \u202f]*")
_WHEN = re.compile(
    r"\b\d{1,2}:\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|\d{4}-\d\d-\d\d|\b\d{1,2}\.\d{1,2}\.|\btomorrow\b|\btonight\b|\bnoon\b"
    r"|\bmidnight\b|\btoday\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bwithin\b|\bin \d+|\bend of\b"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\w*\b",
    re.IGNORECASE,
)
_BEHIND = 60
_LISTS = (
    ("credit", "A statement about money goes out only as it was approved."),
    ("security", "A statement about security goes out only as it was approved."),
)


def approvals(letter: Letter, context: Context) -> Iterator[Finding]:
    """Rule 5: credit, refund, date and security only in the words that were approved."""
    if not context.is_customer:
        return
    block = Note(letter, APPROVAL, "block")
    fix = "Write it as a fact, and have a lead approve it."
    for key, why in _LISTS:
        for match in context.tone.found(key, letter.body):
            if not letter.inside(match.begin, match.end, context.approved):
                yield block.at(match.begin, match.end, why, fix)
        for match in context.tone.found(key, letter.subject):
            yield block.in_subject(match.begin, match.end, why, fix)
    for match in context.tone.found("dates", letter.body):
        behind = letter.body[match.begin : match.end + _BEHIND].split("\n")[0]
        when = _WHEN.search(behind)
        if when is not None and not letter.inside(match.begin, match.end, context.approved):
            end = match.begin + max(when.end(), match.end - match.begin)
            yield block.at(match.begin, end, "This promises a time that nobody has approved.", fix)


def contradictions(letter: Letter, context: Context) -> Iterator[Finding]:
    """Rule 15: what was said last is not taken back silently."""
    if not context.heard or context.stage is Stage.CORRECTION:
        return
    block, last = Note(letter, CONTRADICTION, "block"), context.heard[-1]
    fix = "Send a correction, or say why it may pass."
    before, now = (_rank(values.get("status_word", "")) for values in (last.values, letter.values))
    if before is not None and now is not None and now < before:
        begin, end = next(iter(letter.parts("status_word")), (0, 0))
        yield block.at(begin, end, f"The last message said: {_STATUS[before]}.", fix)
    elif last.stage in FINAL_STAGES and context.stage not in FINAL_STAGES and context.is_customer:
        yield block.whole("The last message said that it is resolved.", fix)
    yield from _figures(letter, context, block, fix)
    told = set(letter.values)
    for changed in context.changed:
        if changed.field in told:
            begin, end = next(iter(letter.parts(changed.field)), (0, 0))
            label = FIELDS[changed.field].label.lower() if changed.field in FIELDS else changed.field
            yield block.at(begin, end, f"The last message said of {label}: {changed.before}", fix)


def release(letter: Letter, context: Context) -> Iterator[Finding]:
    """Rule 18: a second person has read what is grave."""
    if context.is_customer and context.needs_release and not context.is_released:
        yield Note(letter, RELEASE, "block").whole(
            f"A second person releases messages of {context.priority or 'this priority'}.",
            "Ask for the release.",
        )


def _figures(letter: Letter, context: Context, block: Note, fix: str) -> Iterator[Finding]:
    """How many are affected is not fewer than before, and not silent about it."""
    last = _numbers(context.heard[-1].values.get("impact_scope", ""))
    if not last:
        return
    said = letter.values.get("impact_scope")
    if said is None:
        if letter.medium is Medium.EMAIL and context.stage is Stage.PERIODIC:
            yield block.whole("The last message had a figure of how many are affected, this has none.", fix)
        return
    numbers = _numbers(said)
    begin, end = next(iter(letter.parts("impact_scope")), (0, 0))
    if not numbers:
        yield block.at(begin, end, "The last message had a figure of how many are affected.", fix)
    elif max(numbers) < max(last):
        yield block.at(begin, end, f"The last message said {max(last):g}: that is more.", fix)


def _numbers(text: str) -> list[float]:
    """The counts in a text; times of day and dates are none."""
    for said in reversed(times_in(text)):
        text = text[: said.begin] + text[said.end :]
    text = re.sub(
        r"\d{4}-\d\d-\d\d|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*(?: \d{4})?",
        "",
        text,
    )
    found = []
    for place in _NUMBER.finditer(text):
        digits = re.sub(r"[.,' \u202f](?=\d{3}(?!\d))", "", place[0].strip()).replace(",", ".").rstrip(". '")
        try:
            found.append(float(digits))
        except ValueError:
            continue
    return found


def _rank(status: str) -> int | None:
    word = status.strip().casefold()
    return _STATUS.index(word) if word in _STATUS else None
