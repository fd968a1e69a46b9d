"""What players may read of a scenario, what only staff may, and words that give the drill away."""

import re
from collections.abc import Iterator

from desktop.domain.drill_node import Fault, Path
from desktop.domain.drill_scenario import Scenario

#: Words of whoever runs the drill; a story that uses them stops being one.
_TELLING = (
    "inject", "injects", "msel", "expectation", "expected action", "root cause", "red herring", "red flag",
    "spoiler", "staff only", "facilitator", "trainer", "rubric", "simcell", "simulation cell",
    "this drill", "this exercise", "the players",
)  # fmt: skip
_TELLS = re.compile(rf"(?i)\b(?:{'|'.join(_TELLING)})\b")
_NAME = re.compile(r"\b[A-Z][A-Za-z]{3,}\b")
_NO_NAMES = frozenset(
    [
        "January",
        "February",
        "March",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Public",
        "Incident",
        "Billing",
        "Status",
        "Report",
        "Review",
        "Company",
        "Cloud",
    ]
)
#: A staff text shorter than this may stand in a player's text by chance.
_SHORTEST = 12


def player_texts(scenario: Scenario) -> Iterator[tuple[str, Path]]:
    """Every text that players get to see, with its place."""
    yield scenario.title, ("title",)
    yield scenario.summary, ("summary",)
    for name, value in scenario.variables.items():
        yield value, ("variables", name)
    for i, objective in enumerate(scenario.objectives):
        yield objective.text, ("objectives", i, "text")
    for i, inject in enumerate(scenario.injects):
        at: Path = ("injects", i)
        yield inject.source_from, (*at, "from")
        yield inject.subject, (*at, "subject")
        yield inject.body, (*at, "body")
        if inject.decision is not None:
            yield inject.decision.question, (*at, "decision", "question")
            for n, option in enumerate(inject.decision.options):
                yield option.label, (*at, "decision", "options", n, "label")


def staff_texts(scenario: Scenario) -> Iterator[tuple[str, Path]]:
    """Every text that players must not see, with its place."""
    yield scenario.origin.ref, ("origin", "ref")
    for i, inject in enumerate(scenario.injects):
        at: Path = ("injects", i)
        yield inject.notes, (*at, "notes")
        yield inject.source, (*at, "source")
        for n, flag in enumerate(inject.red_flags):
            yield flag, (*at, "red_flags", n)
        for n, one in enumerate(inject.expect):
            yield one.text, (*at, "expect", n, "text")
            for h, hint in enumerate(one.hints):
                yield hint, (*at, "expect", n, "hints", h)
            for c, each in enumerate(one.checks):
                yield each.text, (*at, "expect", n, "checks", c, "text")
    for i, card in enumerate(scenario.complications):
        yield card.text, ("complications", i, "text")


def check(scenario: Scenario) -> Iterator[Fault]:
    """What gives the drill away in a text that players read."""
    named = (
        set(_NAME.findall(scenario.origin.ref)) - _NO_NAMES if scenario.origin.kind != "original" else set()
    )
    secret = [(plain(text), text) for text, _ in staff_texts(scenario) if len(text) >= _SHORTEST]
    for text, path in player_texts(scenario):
        if told := _TELLS.search(text):
            yield Fault(path, f"“{told[0]}” gives the drill away to players.", "Say it as the story would.")
        for name in sorted(named.intersection(_NAME.findall(text))):
            yield Fault(path, f"“{name}” names the incident the drill is made from.", "Use a made-up name.")
        said = plain(text) if len(text) >= _SHORTEST else ""
        if copied := [each for words, each in secret if words in said]:
            yield Fault(
                path, f"“{copied[0][:60]}” is for staff only.", "Say less here, or something else there."
            )


def leaked(text: str, secret: list[str]) -> list[str]:
    """The staff's texts that stand in a text, whatever their spacing and case."""
    said = plain(text)
    return [each for each in secret if len(each) >= _SHORTEST and plain(each) in said]


def plain(text: str) -> str:
    """A text as it is compared: small letters, single spaces."""
    return " ".join(text.casefold().split())
