"""Rules 6 to 14 and 16: how it is said. They warn, with a reason and other words where there are some."""

import re
import unicodedata
from collections.abc import Iterator

from desktop.domain.drill_mark import is_mark
from desktop.domain.message import Finding, Medium, Stage
from desktop.domain.message_letter import Context, Letter, Note, words_of
from desktop.domain.message_lint_time import times_in
from desktop.domain.message_lint_words import sentences

GUESS, ABSOLUTE, BLAME, OUTAGE, MINOR, HOLLOW, JARGON, FORM, FIGURE, LOUD = 6, 7, 8, 9, 10, 11, 12, 13, 14, 16
#: What one's own people do: there somebody does it.
_DEEDS = ("current_step", "next_steps", "actions_taken", "prevention_done", "prevention_planned")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:\w{2,20}ly\s+)?(?:\w{3,20}ed|taken|done|made|found|given|sent|put"
    r"|set|shut|cut|built|written|brought|kept|held|begun|rebuilt|rewritten)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?<![\w.,:/€$£#-])\d[\d.,]*(?:\s?%|\s+(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[a-z]+)"
)
_SOURCE = re.compile(
    r"\b(?:as of|since|according to|counted|measured|at|source|from our|from your|by)\b", re.IGNORECASE
)
#: Behind these a figure is a length of time, no count.
_LENGTHS = re.compile(
    r"\d[\d.,]*\s+(?:second|minute|hour|day|week|month|year|signs?|words?|h|min|hrs)\w*\b", re.IGNORECASE
)
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{5,}(?![\w-])|(?<![\w-])[A-Z]{4,}(?:\s+[A-Z]{2,})+(?![\w-])")
_CALLS = re.compile(r"!+")
_LENGTH_UNITS = {Medium.SMS: "sms_signs", Medium.CHAT: "chat_words"}


def style(letter: Letter, context: Context) -> Iterator[Finding]:
    """All of them."""
    yield from _words(letter, context)
    yield from _form(letter, context)
    if context.is_customer:
        yield from _figures(letter)
        if letter.medium in (Medium.EMAIL, Medium.STATUS):
            yield from _loud(letter)


def _words(letter: Letter, context: Context) -> Iterator[Finding]:
    if context.is_customer:
        yield from _listed(letter, context, GUESS, "guesses", "This is a guess: say what you know.")
        yield from _listed(letter, context, MINOR, "minimising", "This makes the customer's problem small.")
        yield from _listed(letter, context, JARGON, "jargon", "Not every reader knows this word.")
        if context.is_partial:
            why = "Not everything is out: say what does not work."
            yield from _listed(letter, context, OUTAGE, "outage", why)
    if context.is_customer or context.stage is Stage.POST_RESOLUTION:
        yield from _listed(letter, context, BLAME, "blame", "This blames somebody: say what happened.")
        yield from _blamed(letter, context)
    yield from _listed(letter, context, ABSOLUTE, "absolutes", "Nobody can promise this.")
    why = "This says nothing: say what it has caused, and apologise for that."
    yield from _listed(letter, context, HOLLOW, "hollow", why)


def _listed(letter: Letter, context: Context, rule: int, key: str, why: str) -> Iterator[Finding]:
    note = Note(letter, rule)
    for match in context.tone.found(key, letter.body):
        if key == "minimising" and _has_figure(letter.body, match.begin):
            continue
        instead = match.phrase.instead
        yield note.at(match.begin, match.end, why, f"Write: {instead}" if instead else "", instead or None)


def _has_figure(body: str, at: int) -> bool:
    """Whether "a small number" is told as a number in the same sentence."""
    return any(
        begin <= at < end and re.search(r"\d", body[begin:end]) is not None for begin, end in sentences(body)
    )


def _blamed(letter: Letter, context: Context) -> Iterator[Finding]:
    """A word for people, and what they are blamed for, close behind it."""
    note = Note(letter, BLAME)
    failures = context.tone.found("failures", letter.body)
    for person in context.tone.found("people", letter.body):
        for failure in failures:
            between = letter.body[person.end : failure.begin]
            if person.end <= failure.begin and len(between) < 40 and not re.search(r"[.!?\n]", between):
                why = "This blames somebody: say what happened."
                yield note.at(person.begin, failure.end, why, "Name the process, not the person.")
                break


def _form(letter: Letter, context: Context) -> Iterator[Finding]:
    note, limits = Note(letter, FORM), context.tone.limits
    most = limits["sentence_words"]
    for begin, end in sentences(letter.body):
        count = len(words_of(letter.body[begin:end]))
        if count > most:
            start = begin + len(letter.body[begin:end]) - len(letter.body[begin:end].lstrip())
            yield note.at(
                start, end, f"This sentence has {count} words.", f"Make sentences of at most {most}."
            )
    for begin, end in letter.parts(*_DEEDS):
        for at, until in sentences(letter.body[begin:end]):
            part = letter.body[begin + at : begin + until]
            place = _PASSIVE.search(part)
            if place is not None and not re.search(r"\bby\b", part):
                where = begin + at
                yield note.at(
                    where + place.start(), where + place.end(), "Nobody does this.", "Say who does it."
                )
    if context.stage is Stage.INITIAL and letter.medium is Medium.EMAIL:
        count = len(words_of(letter.body))
        if count > limits["initial_words"]:
            yield note.whole(f"A first message of {count} words.", f"Use at most {limits['initial_words']}.")
    if letter.medium is Medium.SMS and len(letter.body.strip()) > limits["sms_signs"]:
        yield note.whole(
            f"{len(letter.body.strip())} signs do not fit into one SMS.",
            f"Use at most {limits['sms_signs']}.",
        )
    if letter.medium is Medium.CHAT and len(letter.body.split()) > limits["chat_words"]:
        yield note.whole(
            f"{len(letter.body.split())} words in a chat.", f"Use at most {limits['chat_words']}."
        )


def _figures(letter: Letter) -> Iterator[Finding]:
    """Rule 14: a figure says where it is from, or of what time it is."""
    note = Note(letter, FIGURE)
    for begin, end in sentences(letter.body):
        sentence = letter.body[begin:end]
        place = next((each for each in _FIGURE.finditer(sentence) if not _LENGTHS.match(each[0])), None)
        if place is None or _SOURCE.search(sentence) or times_in(sentence):
            continue
        if letter.inside(begin + place.start(), begin + place.end(), ("ref", "update_no", "contact_point")):
            continue
        why = "Where is this figure from, and of what time?"
        yield note.at(begin + place.start(), begin + place.end(), why, "Add the source, or: as of 15:00.")


def _loud(letter: Letter) -> Iterator[Finding]:
    note = Note(letter, LOUD)
    named = ("ref", "customer_name", "product_area", "contact_point", "salutation")
    for place in _CAPITALS.finditer(letter.body):
        if not letter.inside(place.start(), place.end(), named) and not _is_heading(
            letter.body, place.start()
        ):
            quiet = place[0].capitalize()
            yield note.at(place.start(), place.end(), "Capitals shout.", f"Write: {quiet}", quiet)
    for place in _CALLS.finditer(letter.body):
        yield note.at(place.start(), place.end(), "A mark like this shouts.", "Write a full stop.", ".")
    for begin, end in _pictures(letter.body):
        yield note.at(begin, end, "A small picture is no word for a customer.", "Take it out.", "")


def _is_heading(text: str, at: int) -> bool:
    """Whether a few words in capitals have a line to themselves, or say that it is an exercise."""
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[begin : len(text) if end < 0 else end]
    if is_mark(line):
        return True
    return line == line.upper() and len(line.split()) < 7 and not line.rstrip().endswith((".", "!"))


def _pictures(text: str) -> Iterator[tuple[int, int]]:
    begin = -1
    for place, letter in enumerate(text):
        is_picture = ord(letter) > 0x2190 and (
            unicodedata.category(letter) == "So"
            or letter in "\u200d\ufe0f"
            or 0x1F000 <= ord(letter) <= 0x1FAFF
        )
        if is_picture and begin < 0:
            begin = place
        elif not is_picture and begin >= 0:
            yield begin, place
            begin = -1
    if begin >= 0:
        yield begin, len(text)
