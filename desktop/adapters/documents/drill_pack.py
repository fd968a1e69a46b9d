"""The papers of a drill: what players may read, what staff need, sheets for evaluators and for feedback."""

from collections.abc import Iterator

from desktop.adapters.documents.blocks import Block, Bullets, Document, Facts, Heading, Paragraph, Table, Tone
from desktop.adapters.documents.drill_report import RATINGS
from desktop.domain.drill_check_spoiler import leaked, staff_texts
from desktop.domain.drill_condition import words
from desktop.domain.drill_deck import deck
from desktop.domain.drill_explain import span
from desktop.domain.drill_msel_export import after_text, title_of
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_scenario import Expectation, Inject, Scenario
from desktop.domain.drill_words import gap_title
from desktop.domain.errors import DeskError

_RULES = (
    "Work as you would on a real day, in the windows you always use. What you do there is what counts.",
    "Nothing leaves this machine: mails, pages and messages are caught and kept.",
    "Everything you send is marked; leave the mark on it.",
    "Ask the person who runs it when the room is unclear, not when the case is.",
    "Say aloud what you decide and who may decide it, and write it down where you always do.",
)
_FEEDBACK = (
    "The story was believable, and what reached me fitted my seat.",
    "I knew what was mine to decide, and who decides the rest.",
    "I had the figures I needed when I needed them.",
    "I leave with something I will do differently.",
)


def players_of(scenario: Scenario) -> Document:
    """What players get beforehand: nothing of what is to come, nothing of what staff know.

    Raises: DeskError where a text for staff has got into it.
    """
    document = _document(
        scenario, scenario.filled(scenario.title), "for those who take part", _players(scenario)
    )
    secret = [scenario.filled(each) for each, _ in staff_texts(scenario)]
    if found := leaked("\n".join(texts_of(document)), secret):
        raise DeskError(
            f"The players' handout would hold what is for staff only: “{found[0][:60]}”.",
            hint="Reword the title, the summary, an objective or a seat.",
        )
    return document


def staff_of(scenario: Scenario) -> Document:
    """The guide of whoever runs it, with everything that is to come."""
    return _document(scenario, f"Trainer guide: {scenario.title}", "STAFF ONLY", _guide(scenario))


def evaluation_of(scenario: Scenario) -> Document:
    """A sheet for each competence: what to look for, with room for what was seen."""
    return _document(scenario, f"Evaluation sheets: {scenario.title}", "STAFF ONLY", _evaluation(scenario))


def feedback_of(scenario: Scenario) -> Document:
    """What participants are asked afterwards; no name is wanted."""
    return _document(
        scenario, f"Feedback: {scenario.filled(scenario.title)}", "anonymous", _feedback(scenario)
    )


def papers_of(scenario: Scenario) -> dict[str, Document]:
    """All of them, each by the name its file gets.

    Raises: as `players_of`.
    """
    return {
        "players": players_of(scenario),
        "trainer-guide": staff_of(scenario),
        "evaluation": evaluation_of(scenario),
        "feedback": feedback_of(scenario),
    }


def texts_of(document: Document) -> Iterator[str]:
    """Every text that stands in a document."""
    yield document.title
    yield document.running
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Bullets():
                yield from block.lines
            case Facts():
                yield from (each for row in block.rows for each in row)
            case Table():
                yield from block.headings
                yield from (each for row in block.rows for each in row)


def _document(scenario: Scenario, title: str, whom: str, blocks: Iterator[Block]) -> Document:
    banner = scenario.safety.banner
    running = f"{banner} · {scenario.id}, version {scenario.version} · {whom}"
    return Document(f"{banner}: {title}", running, tuple(blocks), mark=f"{banner} · {whom}")


def _players(scenario: Scenario) -> Iterator[Block]:
    say = scenario.filled
    yield Paragraph("This is not real.", Tone.WARNING)
    yield Paragraph(say(scenario.summary).strip())
    yield Heading(1, "When and how long")
    yield Bullets(
        (
            f"The story begins on {scenario.pace.start.strftime('%Y-%m-%d at %H:%M (UTC%z)')}.",
            f"It takes about {span(scenario.pace.duration_s)}; the clock in the room is the story's.",
        )
    )
    yield Heading(1, "Seats")
    seats = [role for role in scenario.roles if not role.staff]
    yield Bullets(
        tuple(f"{role.title}{f' ({role.seats} seats)' if role.seats > 1 else ''}" for role in seats)
    )
    yield Heading(1, "What we want to practise")
    yield Bullets(tuple(say(objective.text) for objective in scenario.objectives))
    yield Heading(1, "How we play")
    stop = (
        f"Something real happens? Say “{scenario.safety.stop_phrase}”: it ends at once, and the real desk is "
        "in front of you."
    )
    yield Bullets((*_RULES, stop))


def _guide(scenario: Scenario) -> Iterator[Block]:
    yield Paragraph(scenario.filled(scenario.summary).strip())
    yield Facts(tuple(_facts(scenario)))
    yield Heading(1, "Course")
    plan = Plan(scenario)
    for phase in scenario.phases:
        yield Heading(1, f"{phase.title}, from {span(phase.from_s)}")
        for inject in scenario.injects:
            if inject.phase == phase.id:
                yield Heading(2, f"{inject.id} {title_of(scenario, inject)}")
                yield Facts(tuple(_inject(scenario, plan, inject)))
                if inject.expect:
                    yield Bullets(tuple(_expected(one) for one in inject.expect))
    yield from _deck(scenario)
    yield Heading(1, "Right afterwards")
    yield Bullets(tuple(f"{question.to}: {question.text}" for question in scenario.questions))
    bands = scenario.rubric.bands
    yield Paragraph(
        f"Bands: P from {bands['P']}, S from {bands['S']}, M from {bands['M']}; a missed critical one caps "
        f"at {scenario.rubric.critical_cap}; a hint costs {scenario.rubric.hint_cost}."
    )


def _facts(scenario: Scenario) -> Iterator[tuple[str, str]]:
    yield "Length", f"{span(scenario.pace.duration_s)}, difficulty {scenario.difficulty or '–'} of 5"
    if scenario.origin.ref:
        yield "Pattern", f"{scenario.origin.ref}\nKeep it from the table until the end."
    yield "Stop phrase", scenario.safety.stop_phrase
    for role in scenario.roles:
        notes = [
            "staff" if role.staff else "",
            "absent at first" if role.absent else "",
            f"stands in for {role.substitute_of}" if role.substitute_of else "",
        ]
        said = ", ".join(note for note in notes if note)
        yield f"Seat {role.id}", f"{role.title}{f' ({said})' if said else ''}"
    yield "Weights", ", ".join(f"{name} {weight}" for name, weight in scenario.competences.items())
    if scenario.world.withheld:
        yield "Withheld until released", ", ".join(scenario.world.withheld)


def _inject(scenario: Scenario, plan: Plan, inject: Inject) -> Iterator[tuple[str, str]]:
    say = scenario.filled
    when = after_text(inject.after) if inject.after else f"at {span(inject.at_s or 0)}"
    if inject.at_s is not None:
        when += f" (story {plan.story_at(inject.at_s * 1000).strftime('%H:%M')})"
    yield "When", f"{when}, {inject.trigger}, {inject.type.value.replace('_', ' ')}, by {inject.channel}"
    if inject.when is not None:
        yield "Only if", words(inject.when)
    if inject.source_from or inject.to:
        yield "From, to", f"{say(inject.source_from) or '–'} to {', '.join(inject.to) or '–'}"
    if inject.body:
        yield "Says", say(inject.body)
    if inject.notes:
        yield "Notes", say(inject.notes)
    for flag in inject.red_flags:
        yield "Red flag", flag
    if inject.source:
        yield "Taken from", inject.source
    decision = inject.decision
    if decision is not None:
        options = "\n".join(f"{option.id}: {say(option.label)}" for option in decision.options)
        yield (
            f"Decision {decision.id}",
            f"{say(decision.question)} For {decision.role} within {span(decision.deadline_s)}. Nobody "
            f"decides: {decision.default}.\n{options}",
        )


def _expected(one: Expectation) -> str:
    within = "must not happen" if one.negative else f"within {span(one.deadline_s)}"
    if one.grace_s:
        within += f" and {span(one.grace_s)} of grace"
    seen = f"seen by the desk ({one.match.event})" if one.match else "ticked by staff"
    lines = [
        f"☐ {'CRITICAL ' if one.critical else ''}{one.id} {one.text}: {within}; {one.role}, "
        f"{one.competence}, weight {one.weight}, {seen}"
    ]
    lines += [f"{check.id} ({check.weight}): {check.text}" for check in one.checks]
    lines += [f"Hint: {hint}" for hint in one.hints]
    if one.gap is not None:
        lines.append(f"Gap when it fails: {one.gap.code}, {gap_title(one.gap.code)}")
    return "\n".join(lines)


def _deck(scenario: Scenario) -> Iterator[Block]:
    if not scenario.complications:
        return
    yield Heading(1, "Complications")
    yield Paragraph(f"In the order of seed 0: {', '.join(deck(scenario, 0))}.")
    cards = scenario.complications
    yield Bullets(tuple(f"{card.id} (weight {card.weight}): {scenario.filled(card.text)}" for card in cards))


def _evaluation(scenario: Scenario) -> Iterator[Block]:
    yield Paragraph("; ".join(f"{letter}: {said}" for letter, said in RATINGS) + ".", Tone.MUTED)
    for name, weight in scenario.competences.items():
        own = [(inject, one) for inject, one in scenario.expectations() if one.competence == name]
        if not own:
            continue
        said = name.replace("oncall", "on-call").replace("_", " ").capitalize()
        yield Heading(1, f"{said}, weight {weight}")
        rows = tuple(
            (one.id, f"{one.text}{' (critical)' if one.critical else ''}", inject.id, _limit(one), "", "")
            for inject, one in own
        )
        yield Table(("Id", "Look for", "After", "Within", "Seen at T+", "P S M U"), rows, (2, 9, 2, 3, 3, 3))
        yield Paragraph("Notes:\n\nStrengths:\n\nWhat would have helped:")
    yield Paragraph("Final rating:            Evaluator:            Contact:")


def _limit(one: Expectation) -> str:
    return "must not happen" if one.negative else span(one.deadline_s)


def _feedback(scenario: Scenario) -> Iterator[Block]:
    yield Paragraph("No name, no seat. 1 is not at all, 5 is fully.")
    yield Table(("", "1 to 5"), tuple((each, "") for each in _FEEDBACK), (10, 3))
    for question in scenario.questions:
        yield Heading(2, scenario.filled(question.text))
        yield Paragraph(" ")
    yield Heading(2, "What should we change first, in how we work or in this drill?")
    yield Paragraph(" ")
