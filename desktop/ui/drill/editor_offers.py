"""What can be chosen in a scenario: its own things by id and name, and the words of format and desk."""

from collections.abc import Callable

from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_timeline import title_of
from desktop.domain.drill_words import RATINGS
from desktop.domain.message import Stage
from desktop.ui.drill import editor_words as words
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_ports import DeskWords
from desktop.ui.text import one_line

Offer = list[tuple[object, str]]
_LONG = 60

_FIXED: dict[str, Offer] = {
    "modes": words.pairs(words.MODES),
    "on_overdue": words.pairs(words.ON_OVERDUE),
    "origins": words.pairs(words.ORIGINS),
    "types": words.pairs(words.TYPES),
    "triggers": words.pairs(words.TRIGGERS),
    "channels": words.pairs(words.CHANNELS),
    "artifacts": words.pairs(words.ARTIFACTS),
    "evidence": words.pairs(words.EVIDENCE),
    "effects": words.pairs(words.EFFECTS),
    "competences": list(words.COMPETENCES_IN_ORDER),
    "events": [("", "Nothing"), *words.pairs(words.EVENTS)],
    "categories": [("", "No gap"), *words.pairs(words.CATEGORIES)],
    "ratings": [(rating, rating) for rating in RATINGS],
    "stages": [(stage.value, stage.value.replace("_", " ")) for stage in Stage],
    "speeds": [(str(speed), f"{speed}x") for speed in (1, 2, 5, 10)],
    "yes_no": [("yes", "yes"), ("no", "no")],
}  # fmt: skip


def offered(pen: Pen, name: str) -> Offer:
    """The list of a name; what the scenario holds is as it is by now."""
    fixed = _FIXED.get(name)
    if fixed is not None:
        return fixed
    if not pen.is_ready:
        return []
    own = _OWN.get(name)
    return own(pen.scenario) if own is not None else _of_desk(pen.words, name)


def _of_desk(desk: DeskWords, name: str) -> Offer:
    if name == "playbooks":
        return [("", "None"), *((key, one_line(title)[:_LONG] or key) for key, title, _ in desk.playbooks)]
    found: dict[str, tuple[tuple[str, str], ...]] = {
        "areas": desk.areas, "tiers": desk.tiers, "incident_types": desk.types,
    }  # fmt: skip
    return list(found.get(name, ()))


def _said(key: str, name: str) -> tuple[object, str]:
    name = one_line(name)[:_LONG]
    return (key, f"{key}  {name}" if name else key)


def _roles(scenario: Scenario) -> Offer:
    return [(role.id, one_line(role.title)[:_LONG] or role.id) for role in scenario.roles]


def _players(scenario: Scenario) -> Offer:
    return [(role.id, one_line(role.title)[:_LONG] or role.id) for role in scenario.roles if not role.staff]


def _asked(scenario: Scenario) -> Offer:
    return [("all", "Everybody"), *_players(scenario)]


def _substitutes(scenario: Scenario) -> Offer:
    return [
        ("", "Stands in for nobody"),
        *((key, f"Stands in for {words}") for key, words in _roles(scenario)),
    ]


def _phases(scenario: Scenario) -> Offer:
    return [_said(phase.id, phase.title) for phase in scenario.phases]


def _injects(scenario: Scenario) -> Offer:
    return [_said(each.id, title_of(each, scenario)) for each in scenario.injects]


def _expectations(scenario: Scenario) -> Offer:
    return [_said(one.id, one.text) for _, one in scenario.expectations()]


def _decisions(scenario: Scenario) -> Offer:
    return [_said(one.id, one.question) for _, one in scenario.decisions()]


def _customers(scenario: Scenario) -> Offer:
    customers = scenario.world.customers
    return [_said(str(each.get("id", "")), scenario.filled(str(each.get("name", "")))) for each in customers]


def _dashboards(scenario: Scenario) -> Offer:
    dashboards = scenario.world.dashboards
    return [_said(str(each.get("id", "")), str(each.get("title", ""))) for each in dashboards]


def _withheld(scenario: Scenario) -> Offer:
    return [(name, name) for name in scenario.world.withheld]


def _variables(scenario: Scenario) -> Offer:
    return [(name, one_line(value)[:_LONG]) for name, value in scenario.variables.items()]


_OWN: dict[str, Callable[[Scenario], Offer]] = {
    "roles": _roles, "players": _players, "asked": _asked, "substitutes": _substitutes, "phases": _phases,
    "injects": _injects, "expectations": _expectations, "decisions": _decisions, "customers": _customers,
    "dashboards": _dashboards, "withheld": _withheld, "variables": _variables,
}  # fmt: skip
