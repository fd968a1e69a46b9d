"""All tables at once, for coming by the whole schema: importing this knows every record class."""

from db.base import Base
from db.models import (
    alarm,
    channel,
    commitment,
    contact,
    customer,
    escalation,
    evidence,
    failsafe,
    handoff,
    keeping,
    letter,
    person,
    playbook,
    policy,
    roster,
    rule,
    signal,
    timeline,
)

MODULES = (
    alarm,
    channel,
    commitment,
    contact,
    customer,
    escalation,
    evidence,
    failsafe,
    handoff,
    keeping,
    letter,
    person,
    playbook,
    policy,
    roster,
    rule,
    signal,
    timeline,
)
METADATA = Base.metadata
