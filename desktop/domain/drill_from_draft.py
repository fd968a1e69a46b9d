"""What happens to the players of a drill that is made from an escalation: its injects, in order."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desktop.domain.drill_from_acts import ROLES
from desktop.domain.drill_from_events import As, Line
from desktop.domain.drill_from_time import Leap, Pressed
from desktop.domain.drill_from_words import Voice, clock_of, length_of
from desktop.domain.drill_past import Past
from desktop.domain.drill_scenario import DecisionPoint, Effect, Expectation, Inject, Option
from desktop.domain.drill_words import Channel, InjectType, Trigger

#: What happens to the players.
TOLD = frozenset({As.INJECT, As.ARTIFACT, As.CONTINGENCY, As.DECISION})
_TYPES = {As.CONTINGENCY: InjectType.CONTINGENCY, As.DECISION: InjectType.ADAPTIVE}


@dataclass(slots=True)
class Draft:
    """One inject while it is put together, `story_s` after time zero."""

    inject: Inject
    story_s: int
    decides: bool = False
    notes: list[str] = field(default_factory=list)
    expect: list[Expectation] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    def done(self) -> Inject:
        """The inject."""
        return replace(
            self.inject, notes="\n".join(self.notes), expect=tuple(self.expect),
            source="\n".join(self.source),
            effects=tuple(self.effects),
        )  # fmt: skip


class Numbers:
    """Gives out ids: I01, E01, D1."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next(self, letter: str) -> str:
        """The next one of a letter."""
        number = self._last[letter] = self._last.get(letter, 0) + 1
        return f"{letter}{number}" if letter == "D" else f"{letter}{number:02}"


def drafts_of(
    past: Past, lines: Sequence[Line], time: Pressed, voice: Voice, numbers: Numbers, start: datetime
) -> list[Draft]:
    """Everything that happens, with a caption wherever the story leaps."""
    leaps = list(time.leaps)
    found: list[Draft] = []
    for line in lines:
        while leaps and leaps[0].story_s <= line.at_s:
            found.append(_caption(leaps.pop(0), numbers, start))
        if line.becomes in TOLD:
            found.append(_draft(past, line, time, voice, numbers))
    return [*found, *(_caption(leap, numbers, start) for leap in leaps)]


def phase_at(time: Pressed, sim_s: int) -> str:
    """The phase in which a time of the drill lies: each leap begins another."""
    return f"P{sum(leap.sim_s <= sim_s for leap in time.leaps) + 1}"


def _draft(past: Past, line: Line, time: Pressed, voice: Voice, numbers: Numbers) -> Draft:
    sim_s = time.sim_s(line.at_s)
    is_decision = line.becomes is As.DECISION
    inject = Inject(
        id=numbers.next("I"), phase=phase_at(time, sim_s), type=_TYPES.get(line.becomes, InjectType.STANDARD),
        trigger=Trigger.MANUAL if line.becomes is As.CONTINGENCY else Trigger.SCHEDULED,
        channel=_channel(line), at_s=sim_s,
        source_from=ROLES["oncall"] if is_decision else voice.line(line.who, 120), to=_to(line),
        subject=voice.line(line.subject), body=_body(line, voice),
        artifact=_artifact(line, voice), decision=_decision(line, voice, numbers) if is_decision else None,
    )  # fmt: skip
    draft = Draft(inject, line.at_s, is_decision)
    if line.becomes is As.CONTINGENCY:
        draft.notes.append(f"Then it went well: {voice.staff(line.text)}")
    if line.kind == "escalation.opened":
        customer = past.customers.get(line.who, next(iter(past.customers.values())))
        draft.effects.append(Effect("create_ticket", {"customer": customer, "product_area": past.area}))
    return draft


def _caption(leap: Leap, numbers: Numbers, start: datetime) -> Draft:
    at = start + timedelta(seconds=leap.story_s)
    inject = Inject(
        id=numbers.next("I"), phase="", type=InjectType.ADMIN, trigger=Trigger.SCHEDULED,
        channel=Channel.VERBAL,
        at_s=leap.sim_s, source_from="The clock", to=("triage", "lead", "oncall", "comms"),
        subject=f"It is {clock_of(at, start)}", body=f"{length_of(leap.skipped_s)} have passed.",
    )  # fmt: skip
    return Draft(inject, leap.story_s)


def _channel(line: Line) -> Channel:
    if line.file and line.becomes is As.ARTIFACT:
        return Channel.DOCUMENT
    return Channel.CHAT if line.becomes is As.DECISION else line.channel


def _to(line: Line) -> tuple[str, ...]:
    if line.becomes is As.DECISION:
        return ("lead", "oncall")
    if line.kind == "handoff.offered":
        return ("lead", "nextlead")
    if line.channel is Channel.MONITORING or line.becomes is not As.INJECT:
        return ("oncall", "lead")
    return ("triage", "comms") if line.kind == "customer.answered" else ("triage", "lead")


def _body(line: Line, voice: Voice) -> str:
    text = voice.player(line.text)
    if line.becomes is As.CONTINGENCY:
        return f"Not this time: {text}" if text else "This time it is not to be had."
    if line.becomes is As.DECISION:
        return "Somebody has to decide now. Whose word is it, and what do you say?"
    return "Attached." if line.file and line.becomes is As.ARTIFACT else text or voice.line(line.subject)


def _artifact(line: Line, voice: Voice) -> dict[str, str] | None:
    if not line.file or line.becomes is not As.ARTIFACT:
        return None
    return {"kind": "file", "name": voice.line(line.file, 100), "text": voice.player(line.text)}


def _decision(line: Line, voice: Voice, numbers: Numbers) -> DecisionPoint:
    label = voice.line(line.text, 200) or "As it was asked for"
    options = (Option("then", label), Option("wait", "Wait, and say until when"))
    return DecisionPoint(numbers.next("D"), "What is decided?", "lead", 600, "wait", options)
