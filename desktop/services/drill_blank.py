"""A scenario to begin with: everything that is asked for is there, and one inject that says so."""

from datetime import datetime

from desktop.domain.drill_scenario import (
    Expectation,
    Inject,
    Objective,
    Origin,
    Pace,
    Phase,
    Scenario,
    SeatRole,
    Tags,
)
from desktop.domain.drill_words import Channel, Evidence, InjectType, Mode, Trigger
from desktop.domain.playbook_check import slug_of
from desktop.services.drill_file import write_text

_HOUR_S = 3600
_MINUTES_S = 600


def blank(title: str, now: datetime) -> str:
    """The text of a new scenario of an hour, to be written on."""
    acknowledged = Expectation(
        id="E01",
        text="Acknowledge the escalation",
        competence="recognition",
        role="lead",
        evidence=Evidence.MANUAL,
        weight=1,
        deadline_s=_MINUTES_S,
        grace_s=_MINUTES_S,
    )
    first = Inject(
        id="I01",
        phase="p1",
        type=InjectType.STANDARD,
        trigger=Trigger.SCHEDULED,
        channel=Channel.PHONE,
        at_s=0,
        source_from="A customer",
        to=("lead",),
        subject="Something does not work",
        body="Say here what is heard first.",
        expect=(acknowledged,),
    )
    scenario = Scenario(
        id=slug_of(title, frozenset(), otherwise="drill"),
        version=1,
        title=title,
        summary="What is known when it begins.",
        origin=Origin("original"),
        tags=Tags(),
        pace=Pace(Mode.CLOCK, now.replace(minute=0, second=0, microsecond=0), _HOUR_S),
        roles=(SeatRole("lead", "Escalation lead"), SeatRole("staff", "Trainer", staff=True)),
        objectives=(Objective("O1", "What the team should be able to do afterwards"),),
        competences={"recognition": 1},
        phases=(Phase("p1", "Beginning", 0),),
        injects=(first,),
    )
    return write_text(scenario)
