"""Rule 1: nothing unresolved, all that a stage must tell, nothing that it must not, and the right stage."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from desktop.domain.escalation import State
from desktop.domain.merge_field import FIELDS
from desktop.domain.message import STAGES, Finding, Medium, Stage
from desktop.domain.message_letter import Context, Letter, Note
from desktop.domain.message_lint_words import sentences
from desktop.domain.template_text import placeholder

RULE = 1
#: Channels that hold the whole message; the others are short.
WHOLE = frozenset({Medium.EMAIL})


class Needed(NamedTuple):
    """Something that a message must tell: one of these fields stands in it."""

    what: str
    fields: tuple[str, ...]


class Forbidden(NamedTuple):
    """A list whose words do not belong into a stage, and why."""

    words: str
    why: str


_SINCE = Needed("since when", ("started_at",))
_CONTACT = Needed("where to reach us", ("contact_point",))
_NEXT = Needed("when we write again", ("next_update_at",))
_NOW = Needed("what is done now", ("current_step",))

#: What the message of each stage must tell.
REQUIRED: Mapping[Stage, tuple[Needed, ...]] = {
    Stage.INITIAL: (
        Needed("what customers see", ("impact_plain",)),
        _SINCE,
        Needed("who works on it", ("owner_role", "owner_name")),
        _CONTACT,
        _NEXT,
    ),
    Stage.PERIODIC: (
        Needed("what has changed since the last message", ("changed_since_last",)),
        _NOW,
        Needed("what comes next", ("next_steps",)),
        Needed("whether there is a work-around", ("workaround",)),
        _NEXT,
    ),
    Stage.LATE: (Needed("what was promised for when", ("promised_at",)), _NOW, _NEXT),
    Stage.CORRECTION: (
        Needed("what was wrong", ("what_was_wrong",)),
        Needed("what is right", ("what_is_right",)),
        Needed("since when that is known", ("known_since",)),
        _NEXT,
    ),
    Stage.CONTAINMENT: (
        Needed("when it was contained", ("contained_at",)),
        Needed("what is still impaired", ("still_impaired",)),
        Needed("who has confirmed it", ("confirmed_by_role", "confirmed_by")),
        Needed("what is watched", ("watch_items",)),
        _NEXT,
    ),
    Stage.RESOLUTION: (
        _SINCE,
        Needed("until when", ("resolved_at",)),
        Needed("whether data was lost", ("data_loss_statement",)),
        Needed("how to tell that it works", ("how_to_tell",)),
        _CONTACT,
        Needed("when cause and prevention follow", ("review_due",)),
    ),
    Stage.POST_RESOLUTION: (
        Needed("a summary", ("summary_plain",)),
        Needed("what customers saw", ("impact_plain", "impact_scope")),
        _SINCE,
        Needed("until when", ("resolved_at",)),
        Needed("what set it off", ("trigger_plain",)),
        Needed("the root cause", ("root_cause_plain",)),
        Needed("what was changed", ("prevention_done",)),
        Needed("what will be changed, with dates", ("prevention_planned",)),
        _CONTACT,
    ),
    Stage.EXECUTIVE_BRIEF: (
        Needed("the status", ("status_word",)),
        Needed("an overview", ("summary_plain",)),
        Needed("the score", ("score",)),
        Needed("the reasons of the score", ("score_reasons",)),
        Needed("the next steps", ("next_steps",)),
    ),
    Stage.COMMITTEE_REQUEST: (
        Needed("the question", ("decision_needed",)),
        Needed("the options", ("decision_options",)),
        Needed("a recommendation", ("decision_recommendation",)),
        Needed("what happens if nobody decides", ("decision_default",)),
        Needed("by when", ("decision_by",)),
        Needed("who decides", ("approver",)),
        Needed("who stands in", ("delegate",)),
    ),
    Stage.INTERNAL_BRIEF: (
        Needed("how things stand", ("conditions",)),
        Needed("what was done", ("actions_taken",)),
        Needed("what is needed", ("needs",)),
    ),
    Stage.HANDOFF: (
        Needed("the summary", ("summary", "summary_plain")),
        Needed("the impact", ("impact", "impact_scope")),
        Needed("the actions", ("actions_taken",)),
        Needed("the owners", ("owners", "owner_name")),
        Needed("the next steps", ("next_steps",)),
        Needed("open promises", ("open_promises",)),
        Needed("open decisions", ("open_decisions",)),
        Needed("what must not be done", ("do_not",)),
    ),
}

#: What the message of a stage must not tell.
FORBIDDEN: Mapping[Stage, tuple[Forbidden, ...]] = {
    Stage.INITIAL: (
        Forbidden("cause", "A first message names no cause: nobody knows it yet."),
        Forbidden("blame", "A first message blames nobody."),
        Forbidden("estimate", "A first message estimates nothing: nobody knows yet."),
        Forbidden("scale", "A first message says how many with a number, or not at all."),
    ),
    Stage.LATE: (Forbidden("excuses", "A late message has no excuse in it: it says that it is late."),),
    Stage.CONTAINMENT: (Forbidden("too_early", "It is contained, not over: something is still impaired."),),
    Stage.RESOLUTION: (Forbidden("unsure_end", "It is confirmed, or it is not resolved."),),
    Stage.POST_RESOLUTION: (Forbidden("human_cause", "People are no cause: say what let it happen."),),
}

_ENDED = frozenset({State.RESOLVED, State.CLOSED})
_STATES: Mapping[Stage, tuple[frozenset[State], str]] = {
    Stage.CONTAINMENT: (_ENDED | {State.CONTAINED}, "Nobody has confirmed that it is contained."),
    Stage.RESOLUTION: (_ENDED, "Nobody has confirmed that it is resolved."),
    Stage.POST_RESOLUTION: (_ENDED, "It is not resolved yet."),
}
_LEFT_OVER = re.compile(
    r"\{\{[^{}\n]{0,80}\}\}|\{%[^{}\n]{0,80}%\}|\[(?:still to write|no such field): [^\]\n]*\]"
)
_LOG_LINE = re.compile(
    r"^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\w{3} +\d+ \d\d:\d\d:\d\d|Traceback"
    r"|(?:ERROR|WARN|INFO|DEBUG|FATAL)\b|at [\w.$<>]+\()",
    re.MULTILINE,
)
_FEW_LOG_LINES = 2


def check(letter: Letter, context: Context) -> Iterator[Finding]:
    """What stands against a text before a word of it is weighed."""
    block = Note(letter, RULE, "block")
    if not letter.body.strip():
        yield block.whole("The text is empty.", "Write it, or do not use this channel.", can_override=False)
        return
    yield from _left_over(letter, block)
    yield from _missing(letter, block)
    yield from _stage(context, block)
    yield from _required(letter, context, block)
    yield from _forbidden(letter, context, block)
    yield from _form(letter, context, block)


def _left_over(letter: Letter, block: Note) -> Iterator[Finding]:
    why = "This is no text yet: nothing stands in its place."
    for place in _LEFT_OVER.finditer(letter.body):
        # What stands so in a value was written by somebody and is what it is.
        if not letter.inside(place.start(), place.end()) or place[0] in _placeholders(letter):
            yield block.at(place.start(), place.end(), why, "Write the fact, or take the words out.")
    for place in _LEFT_OVER.finditer(letter.subject):
        if not any(place[0] in value for value in letter.values.values()):
            yield block.in_subject(place.start(), place.end(), why, "Write the fact, or take the words out.")


def _placeholders(letter: Letter) -> frozenset[str]:
    return frozenset(placeholder(name) for name in (*letter.missing, *letter.unknown))


def _missing(letter: Letter, block: Note) -> Iterator[Finding]:
    """Fields that must not be empty and are, where nothing on the spot tells of it already."""
    for name in (*letter.missing, *letter.unknown):
        shown = placeholder(name)
        if shown not in letter.body and shown not in letter.subject and not letter.edited:
            label = FIELDS[name].label if name in FIELDS else name
            yield block.whole(f"{label} is not known yet.", "Write the fact.")


def _stage(context: Context, block: Note) -> Iterator[Finding]:
    if context.stage not in STAGES[context.audience]:
        yield block.whole("A message of this stage is not for these readers.", "Choose another stage.")
    wanted = _STATES.get(context.stage)
    if wanted is not None and context.state not in wanted[0]:
        yield block.whole(wanted[1], "Confirm it first, or choose another stage.")


def _required(letter: Letter, context: Context, block: Note) -> Iterator[Finding]:
    if letter.medium not in WHOLE:
        return
    told = {name for name, begin, end in letter.spans if letter.body[begin:end].strip()}
    note = Note(letter, RULE, "warning") if letter.is_free else block
    for needed in REQUIRED.get(context.stage, ()):
        known = told.union(letter.missing)
        if not known.intersection(needed.fields):
            yield note.whole(f"The message does not say {needed.what}.", "Write it.")
    if context.stage is Stage.POST_RESOLUTION and "thank" not in letter.body.casefold():
        yield Note(letter, RULE, "suggestion").whole("The message thanks nobody.", "Thank the readers.")


def _forbidden(letter: Letter, context: Context, block: Note) -> Iterator[Finding]:
    for forbidden in FORBIDDEN.get(context.stage, ()):
        for match in context.tone.found(forbidden.words, letter.body):
            if letter.inside(match.begin, match.end, context.approved):
                continue
            if forbidden.words == "scale" and _has_number(letter.body, match.begin):
                continue
            yield block.at(match.begin, match.end, forbidden.why, match.phrase.instead or "Take it out.")


def _has_number(body: str, at: int) -> bool:
    return any(
        begin <= at < end and any(letter.isdigit() for letter in body[begin:end])
        for begin, end in sentences(body)
    )


def _form(letter: Letter, context: Context, block: Note) -> Iterator[Finding]:
    if context.stage is Stage.EXECUTIVE_BRIEF:
        lines = list(_LOG_LINE.finditer(letter.body))
        if len(lines) >= _FEW_LOG_LINES:
            end = letter.body.find("\n", lines[-1].start())
            until = len(letter.body) if end < 0 else end
            yield block.at(lines[0].start(), until, "A brief holds no log.", "Say what the log tells.")
    if context.stage is Stage.COMMITTEE_REQUEST and letter.body.count("?") > 1:
        second = letter.body.index("?", letter.body.index("?") + 1)
        yield block.at(second, second + 1, "A request asks one question.", "Ask the other one by itself.")
    if context.stage is Stage.POST_RESOLUTION:
        yield from _undated(letter, block)
    if context.stage in (Stage.PERIODIC, Stage.LATE) and context.is_customer:
        same = [sent for sent in context.heard[-1:] if _plain(sent.body) == _plain(letter.body)]
        if same and "no change" not in letter.body.casefold():
            yield block.whole(
                "This is the last message word for word.", "Say what has changed, or that there is no change."
            )


def _undated(letter: Letter, block: Note) -> Iterator[Finding]:
    """What is promised after the end has a date, line by line."""
    for begin, end in letter.parts("prevention_planned"):
        at = begin
        for line in letter.body[begin:end].split("\n"):
            if line.strip() and not any(each.isdigit() for each in line):
                yield block.at(at, at + len(line), "This has no date.", "Say by when, and whose task it is.")
            at += len(line) + 1


def _plain(text: str) -> str:
    """A text without its figures: a later time alone makes no other message."""
    return " ".join(re.sub(r"\d+", "0", text).split()).casefold()
