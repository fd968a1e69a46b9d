"""A past escalation with real-looking names, addresses and numbers in every field there is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.domain.commitment import Kind
from desktop.domain.drill_ordinary import ORDINARY
from desktop.domain.drill_past import Named, Past, PastEvent, PastFile, PastMessage

START = datetime(2026, 3, 12, 8, 40, tzinfo=UTC)

#: Everything that must never be seen again, folded words and whole texts alike.
CANARIES = (
    "Quimbleforth", "Ottoline", "Vandersloot", "Brzęczyszczykiewicz", "Grzegorz", "Thessaly", "Marchbanks",
    "Zubrowska", "Ignatius", "Pomfret", "quimbleforth.example.com",
    "thessaly.marchbanks@quimbleforth.example.com",
    "+49 30 5550142", "5550142", "QBF-77123", "INC0099887", "ESC-2026-0311", "https://portal.quimbleforth.example.com",
    "198.51.100.77", "14,250.00 EUR", "quimbleforth-ledger-march.csv", "2026-03-12", "8812345670",
)  # fmt: skip

NAMES = (
    Named("customer", "Quimbleforth Ferries"),
    Named("contact", "Ottoline Vandersloot", ("thessaly.marchbanks@quimbleforth.example.com",)),
    Named("contact", "Thessaly Marchbanks", ("+49 30 5550142",)),
    Named("person", "Grzegorz Brzęczyszczykiewicz", ("g.b@desk.example.com", "+49 30 5550199")),
    Named("person", "Ignatius Pomfret"),
    Named("place", "Zubrowska"),
    Named("file", "quimbleforth-ledger-march.csv"),
    Named("number", "ESC-2026-0311"),
    Named("number", "QBF-77123"),
)

#: A text with all of it, written in several ways.
EVERYTHING = (
    "Ottoline Vandersloot of QUIMBLEFORTH (thessaly.marchbanks@quimbleforth.example.com, +49 30 5550142) "
    "asked Grzegorz BRZĘCZYSZCZYKIEWICZ and brzeczyszczykiewicz: QBF-77123, INC0099887 and ESC-2026-0311 are "
    "one. See https://portal.quimbleforth.example.com/x?u=Ottoline and 198.51.100.77; it costs 14,250.00 EUR "
    "since 2026-03-12, account 8812345670. quimbleforth2026 and Quimbleforth-Ferries in "
    "quimbleforth-ledger-march.csv, says Ignatius Pomfret (Pomfret's team) from Zubrowska; T. Marchbanks and "
    "Thessaly agree."
)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def event(seq: int, minutes: float, kind: str, actor: str = "Ignatius Pomfret", **body: object) -> PastEvent:
    return PastEvent(seq, at(minutes), kind, actor, {"by_id": 7, **body})


EVENTS = (
    event(1, 0, "escalation.opened", title=f"Down: {EVERYTHING}", source="phone", priority="P1"),
    event(2, 3, "alarm.raised", "Desk", to=["Ignatius Pomfret"]),
    event(3, 4, "escalation.assigned", owner="Grzegorz Brzęczyszczykiewicz"),
    event(4, 6, "escalation.acknowledged", "Grzegorz Brzęczyszczykiewicz"),
    event(5, 8, "escalation.classified", reason=EVERYTHING),
    event(6, 9, "oncall.paged", "Desk", by=EVERYTHING, text=EVERYTHING),
    event(7, 12, "update.sent", stage="initial", text=EVERYTHING),
    event(8, 15, "customer.answered", text=EVERYTHING, sender="Thessaly Marchbanks"),
    event(9, 20, "evidence.attached", name="quimbleforth-ledger-march.csv"),
    event(10, 22, "signal.joined", "Desk", title=EVERYTHING, source=EVERYTHING),
    event(11, 25, "note.added", text=f"The cause is found. {EVERYTHING}"),
    event(12, 27, "note.added", text=f"Luckily the copy was there. {EVERYTHING}"),
    event(13, 28, "note.added", text=f"Two of nine are done. {EVERYTHING}"),
    event(14, 30, "decision.recorded", text=f"Stop it. {EVERYTHING}", approver="Ottoline Vandersloot"),
    event(15, 110, "update.sent", stage="periodic", text=EVERYTHING),
    event(16, 115, "handoff.offered", receiver="Ignatius Pomfret", words={"state": EVERYTHING}),
    event(17, 120, "handoff.accepted", giver="Ignatius Pomfret", note=EVERYTHING),
    event(18, 125, "escalation.contained", note=EVERYTHING),
    event(19, 300, "escalation.resolved", reason=EVERYTHING, note=f"Fixed by chance. {EVERYTHING}"),
    event(20, 301, "escalation.reopened", reason=EVERYTHING),
    event(21, 302, "override.applied", reason=EVERYTHING),
    event(22, 303, "fact.set", field="cause", name="Cause", text=EVERYTHING),
)


def a_past(**changes: object) -> Past:
    """The whole of it, with canaries everywhere."""
    past = Past(
        id=311, number="ESC-2026-0311", title=f"Books lost: {EVERYTHING}", description=EVERYTHING,
        customer="Quimbleforth Ferries", tier="enterprise", area="payments", issue_type="payments_duplicate",
        team="Payments", reporter="Ottoline Vandersloot", source="phone", priority="P1", severity=1, score=91,
        policy=1, opened_at=START, events=EVENTS,
        due={
            Kind.ASSIGN: at(5), Kind.ACKNOWLEDGE: at(5), Kind.CONTAIN: at(60), Kind.RESOLVE: at(240),
            Kind.UPDATE: at(30),
        },
        files=(PastFile("quimbleforth-ledger-march.csv", at(20), "Ignatius Pomfret", EVERYTHING),),
        messages=(PastMessage(at(12), "initial", EVERYTHING, EVERYTHING, EVERYTHING),), names=NAMES,
        zone_s=3600,
    )  # fmt: skip
    return replace(past, **changes)


WORDS = ORDINARY
