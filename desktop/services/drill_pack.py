"""The papers of a drill: a handout that players may read, and the guide of whoever runs it."""

from collections.abc import Iterator

from desktop.domain.drill_check_spoiler import leaked, staff_texts
from desktop.domain.drill_condition import words
from desktop.domain.drill_deck import deck
from desktop.domain.drill_explain import span
from desktop.domain.drill_msel_export import after_text, title_of
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_scenario import Expectation, Inject, Scenario
from desktop.domain.drill_words import gap_title
from desktop.domain.errors import DeskError
from desktop.services.drill_file import write_text

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~"})
_RULES = (
    "Work as you would on a real day, in the windows you always use. What you do there is what counts.",
    "Nothing leaves this machine: mails, pages and messages are caught and kept.",
    "Everything you send is marked; leave the mark on it.",
    "Ask the person who runs it when the room is unclear, not when the case is.",
    "Say aloud what you decide and who may decide it, and write it down where you always do.",
)


def player_handout(scenario: Scenario) -> str:
    """What players get beforehand, as Markdown: nothing of what is to come, nothing of what staff know.

    Raises: DeskError where a text for staff has got into it.
    """
    text = "\n".join(_handout(scenario)).rstrip() + "\n"
    secret = [scenario.filled(each) for each, _ in staff_texts(scenario)]
    plain = text.replace("\\", "")
    if found := leaked(plain, secret) + leaked(text, secret):
        raise DeskError(
            f"The players' handout would hold what is for staff only: “{found[0][:60]}”.",
            hint="Reword the title, the summary, an objective or a seat.",
        )
    return text


def trainer_guide(scenario: Scenario) -> str:
    """Everything the person who runs it needs at the table, as Markdown."""
    return "\n".join(_guide(scenario)).rstrip() + "\n"


def write_pack_text(scenario: Scenario) -> str:
    """The scenario itself, for another desk."""
    return write_text(scenario)


def _handout(scenario: Scenario) -> Iterator[str]:
    say = scenario.filled
    yield f"# {_flat(scenario.safety.banner)}: {_flat(say(scenario.title))}"
    yield ""
    yield f"**{_flat(scenario.safety.banner)}. This is not real.** For those who take part."
    yield ""
    yield _lines(say(scenario.summary))
    yield ""
    yield "## When and how long"
    yield ""
    yield f"- The story begins on {scenario.pace.start.strftime('%Y-%m-%d at %H:%M (UTC%z)')}."
    yield f"- It takes about {span(scenario.pace.duration_s)}; the clock in the room is the story's."
    yield ""
    yield "## Seats"
    yield ""
    for role in scenario.roles:
        if not role.staff:
            seats = f" ({role.seats} seats)" if role.seats > 1 else ""
            yield f"- {_flat(role.title)}{seats}"
    yield ""
    yield "## What we want to practise"
    yield ""
    for objective in scenario.objectives:
        yield f"- {_flat(say(objective.text))}"
    yield ""
    yield "## How we play"
    yield ""
    for rule in _RULES:
        yield f"- {rule}"
    yield (
        f"- Something real happens? Say **“{_flat(scenario.safety.stop_phrase)}”**: it ends at once, "
        "and the real desk is in front of you."
    )


def _guide(scenario: Scenario) -> Iterator[str]:
    yield f"# Trainer guide: {_flat(scenario.title)}"
    yield ""
    yield f"**{_flat(scenario.safety.banner)}. STAFF ONLY.** {scenario.id}, version {scenario.version}."
    yield ""
    yield _lines(scenario.filled(scenario.summary))
    yield ""
    yield from _facts(scenario)
    yield "## Course"
    yield ""
    plan = Plan(scenario)
    for phase in scenario.phases:
        yield f"### {_flat(phase.title)}, from {span(phase.from_s)}"
        yield ""
        for inject in scenario.injects:
            if inject.phase == phase.id:
                yield from _inject(scenario, plan, inject)
    yield from _deck(scenario)
    yield from _after(scenario)


def _facts(scenario: Scenario) -> Iterator[str]:
    yield f"- Length {span(scenario.pace.duration_s)}, difficulty {scenario.difficulty or '–'} of 5."
    if scenario.origin.ref:
        yield f"- Pattern: {_flat(scenario.origin.ref)}. Keep it from the table until the end."
    yield f"- Stop phrase: “{_flat(scenario.safety.stop_phrase)}”."
    for role in scenario.roles:
        notes = [
            "staff" if role.staff else "",
            "absent at first" if role.absent else "",
            f"stands in for {role.substitute_of}" if role.substitute_of else "",
        ]
        said = ", ".join(note for note in notes if note)
        yield f"- Seat {role.id}: {_flat(role.title)}{f' ({said})' if said else ''}"
    yield f"- Weights: {', '.join(f'{name} {weight}' for name, weight in scenario.competences.items())}."
    if scenario.world.withheld:
        yield f"- Withheld until released: {', '.join(scenario.world.withheld)}."
    yield ""


def _inject(scenario: Scenario, plan: Plan, inject: Inject) -> Iterator[str]:
    say = scenario.filled
    when = after_text(inject.after) if inject.after else f"at {span(inject.at_s or 0)}"
    if inject.at_s is not None:
        when += f" (story {plan.story_at(inject.at_s * 1000).strftime('%H:%M')})"
    yield f"#### {inject.id} {_flat(title_of(scenario, inject))}"
    yield ""
    yield f"- {when}, {inject.trigger}, {inject.type.value.replace('_', ' ')}, by {inject.channel}"
    if inject.when is not None:
        yield f"- Only if {_flat(words(inject.when))}"
    if inject.source_from or inject.to:
        yield f"- From {_flat(say(inject.source_from)) or '–'} to {', '.join(inject.to) or '–'}"
    if inject.body:
        yield f"- Says: {_flat(say(inject.body))}"
    if inject.notes:
        yield f"- **Notes:** {_flat(say(inject.notes))}"
    for flag in inject.red_flags:
        yield f"- **Red flag:** {_flat(flag)}"
    if inject.decision is not None:
        decision = inject.decision
        yield (
            f"- **Decision {decision.id}** for {decision.role} within {span(decision.deadline_s)}: "
            f"{_flat(say(decision.question))} Nobody decides: {decision.default}."
        )
        for option in decision.options:
            yield f"    - {option.id}: {_flat(say(option.label))}"
    for one in inject.expect:
        yield from _expectation(one)
    yield ""


def _expectation(one: Expectation) -> Iterator[str]:
    within = "must not happen" if one.negative else f"within {span(one.deadline_s)}"
    if one.grace_s:
        within += f" and {span(one.grace_s)} of grace"
    mark = "**critical** " if one.critical else ""
    seen = f"seen by the desk ({one.match.event})" if one.match else "ticked by staff"
    what = f"{mark}{one.id} {_flat(one.text)}: {within}"
    yield f"- ☐ {what}; {one.role}, {one.competence}, weight {one.weight}, {seen}"
    for check in one.checks:
        yield f"    - {check.id} ({check.weight}): {_flat(check.text)}"
    for hint in one.hints:
        yield f"    - Hint: {_flat(hint)}"
    if one.gap is not None:
        yield f"    - Gap when it fails: {one.gap.code}, {gap_title(one.gap.code)}"


def _deck(scenario: Scenario) -> Iterator[str]:
    if not scenario.complications:
        return
    cards = {card.id: card for card in scenario.complications}
    yield "## Complications"
    yield ""
    yield f"In the order of seed 0: {', '.join(deck(scenario, 0))}."
    yield ""
    for card in cards.values():
        yield f"- {card.id} (weight {card.weight}): {_flat(scenario.filled(card.text))}"
    yield ""


def _after(scenario: Scenario) -> Iterator[str]:
    yield "## Right afterwards"
    yield ""
    for question in scenario.questions:
        yield f"- {question.to}: {_flat(question.text)}"
    bands = scenario.rubric.bands
    yield (
        f"- Bands: P from {bands['P']}, S from {bands['S']}, M from {bands['M']}; a missed critical one "
        f"caps at {scenario.rubric.critical_cap}; a hint costs {scenario.rubric.hint_cost}."
    )


def _flat(text: str) -> str:
    return " ".join(text.split()).translate(_MARKS)


def _lines(text: str) -> str:
    return "\n".join(line.translate(_MARKS) for line in text.strip().split("\n"))
