"""How a replayed desk fared under our policy, beside what the log's own system says."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.queries import replay as queries
from db.queries.replay import Ended
from db.unit_of_work import Session
from desktop.domain.commitment import Kind
from desktop.domain.event_log import EventLog
from desktop.domain.instant import US_PER_SECOND, from_us, to_us

_WORST = 10
_HOUR_US = 3600 * US_PER_SECOND
_MET, _BREACHED, _RUNNING = "met", "breached", "running"


@dataclass(frozen=True, slots=True)
class Attainment:
    """How often one kind of commitment was kept at one priority; `late_now` of the running ones are over."""

    kind: str
    priority: str
    met: int
    breached: int
    running: int

    @property
    def share(self) -> float | None:
        """Met in time of those that ended; None when none has."""
        ended = self.met + self.breached
        return self.met / ended if ended else None


@dataclass(frozen=True, slots=True)
class Breach:
    """A commitment that was missed by far."""

    number: str
    reference: str
    title: str
    kind: str
    priority: str
    late_s: int


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """The whole report. `agreement` counts tickets by (our resolution kept, the log's own target kept)."""

    log: str
    starts_at: datetime
    ends_at: datetime
    escalations: int
    attainments: tuple[Attainment, ...]
    agreement: dict[tuple[bool, bool], int]
    unjudged: int
    alarms: int
    announced: int
    busiest_hour: tuple[datetime, int] | None
    thresholds: tuple[tuple[str, int], ...] = ()
    worst: tuple[Breach, ...] = field(default=())

    @property
    def hours(self) -> float:
        """How long the replay ran, in hours."""
        return max((self.ends_at - self.starts_at).total_seconds() / 3600, 1.0)

    def lines(self) -> tuple[str, ...]:
        """The report as a person reads it."""
        return (*_head(self), *_table(self), "", *_agreement(self), "", *_alarms(self), *_worst(self))

    def data(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "log": self.log,
            "from": self.starts_at.isoformat(),
            "to": self.ends_at.isoformat(),
            "escalations": self.escalations,
            "commitments": [
                {
                    "kind": each.kind,
                    "priority": each.priority,
                    "met": each.met,
                    "breached": each.breached,
                    "running": each.running,
                    "share_met": each.share,
                }
                for each in self.attainments
            ],
            "made_sla": {
                "both_kept": self.agreement.get((True, True), 0),
                "only_ours_kept": self.agreement.get((True, False), 0),
                "only_theirs_kept": self.agreement.get((False, True), 0),
                "both_missed": self.agreement.get((False, False), 0),
                "not_comparable": self.unjudged,
            },
            "alarms": {
                "raised": self.alarms,
                "announced": self.announced,
                "raised_per_hour": round(self.alarms / self.hours, 2),
                "announced_per_hour": round(self.announced / self.hours, 2),
                "busiest_hour": None
                if self.busiest_hour is None
                else {"at": self.busiest_hour[0].isoformat(), "raised": self.busiest_hour[1]},
                "by_threshold": dict(self.thresholds),
            },
            "worst": [
                {
                    "number": each.number,
                    "reference": each.reference,
                    "title": each.title,
                    "kind": each.kind,
                    "priority": each.priority,
                    "late_s": each.late_s,
                }
                for each in self.worst
            ],
        }


def report_of(
    session: Session, log: EventLog, announced: int, starts_at: datetime, now: datetime
) -> ReplayReport:
    """The report of a replay as it stands now."""
    now_us = to_us(now)
    commitments = queries.commitments(session)
    hours = queries.alarm_hours(session)
    busiest = max(hours, key=lambda hour: hour[1], default=None)
    agreement, unjudged = _compared(commitments, log.made_sla(), now_us)
    return ReplayReport(
        log=log.name,
        starts_at=starts_at,
        ends_at=now,
        escalations=len({each.number for each in commitments}),
        attainments=tuple(_attainments(commitments, now_us)),
        agreement=agreement,
        unjudged=unjudged,
        alarms=sum(count for _, count in hours),
        announced=announced,
        busiest_hour=None if busiest is None else (from_us(busiest[0] * _HOUR_US), busiest[1]),
        thresholds=tuple(queries.alarms_by_threshold(session)),
        worst=tuple(_latest(commitments, now_us)),
    )


def _outcome(each: Ended, now_us: int) -> str:
    """Kept or not; one that still runs is missed once its time is over, for that will not change."""
    if each.outcome is not None:
        return each.outcome
    return _BREACHED if each.due_us <= now_us else _RUNNING


def _attainments(commitments: list[Ended], now_us: int) -> list[Attainment]:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for each in commitments:
        counts.setdefault((each.kind, each.priority or "–"), Counter())[_outcome(each, now_us)] += 1
    order = {kind.value: place for place, kind in enumerate(Kind)}
    return [
        Attainment(kind, priority, count[_MET], count[_BREACHED], count[_RUNNING])
        for (kind, priority), count in sorted(
            counts.items(), key=lambda item: (order[item[0][0]], item[0][1])
        )
    ]


def _compared(
    commitments: list[Ended], made_sla: dict[str, bool], now_us: int
) -> tuple[dict[tuple[bool, bool], int], int]:
    ours: dict[str, set[str]] = {}
    for each in commitments:
        if each.kind == Kind.RESOLVE:
            ours.setdefault(each.reference, set()).add(_outcome(each, now_us))
    table: Counter[tuple[bool, bool]] = Counter()
    unjudged = 0
    for reference, outcomes in ours.items():
        theirs = made_sla.get(reference)
        if theirs is None or (_RUNNING in outcomes and _BREACHED not in outcomes):
            unjudged += 1
        else:
            table[_BREACHED not in outcomes, theirs] += 1
    return dict(table), unjudged


def _latest(commitments: list[Ended], now_us: int) -> list[Breach]:
    late = [(each, (each.stopped_us or now_us) - each.due_us) for each in commitments]
    late = sorted((pair for pair in late if pair[1] > 0), key=lambda pair: -pair[1])[:_WORST]
    return [
        Breach(each.number, each.reference, each.title, each.kind, each.priority, by_us // US_PER_SECOND)
        for each, by_us in late
    ]


def _head(report: ReplayReport) -> list[str]:
    return [
        f"{report.log}: {report.escalations:,} escalations replayed,"
        f" {report.starts_at:%Y-%m-%d %H:%M} to {report.ends_at:%Y-%m-%d %H:%M} UTC.",
        "Containment and customer updates are not in such a log and were not promised.",
        "",
    ]


def _table(report: ReplayReport) -> list[str]:
    lines = [f"{'commitment':<12} {'priority':<8} {'met':>8} {'breached':>9} {'running':>8} {'kept':>7}"]
    for each in report.attainments:
        share = "–" if each.share is None else f"{each.share:.1%}"
        counts = f"{each.met:>8,} {each.breached:>9,} {each.running:>8,}"
        lines.append(f"{each.kind:<12} {each.priority:<8} {counts} {share:>7}")
    return lines


def _agreement(report: ReplayReport) -> list[str]:
    both, only_ours, only_theirs, neither = (
        report.agreement.get(case, 0) for case in ((True, True), (True, False), (False, True), (False, False))
    )
    total = both + only_ours + only_theirs + neither
    if not total:
        return ["The log does not say whether its own targets were kept."]
    ours, theirs = both + only_ours, both + only_theirs
    return [
        f"Resolved in time under our policy: {ours:,} of {total:,} ({ours / total:.1%});"
        f" by the log's own made_sla: {theirs:,} ({theirs / total:.1%})."
        f" They agree on {(both + neither) / total:.1%}.",
        f"{'':<24} {'made_sla kept':>14} {'made_sla missed':>16}",
        f"{'our resolution kept':<24} {both:>14,} {only_ours:>16,}",
        f"{'our resolution missed':<24} {only_theirs:>14,} {neither:>16,}",
        f"Not comparable, because still running or not stated: {report.unjudged:,}.",
    ]


def _alarms(report: ReplayReport) -> list[str]:
    line = (
        f"Alarms: {report.alarms:,} raised ({report.alarms / report.hours:.1f} an hour),"
        f" {report.announced:,} announced ({report.announced / report.hours:.1f} an hour)"
    )
    if report.busiest_hour is not None:
        at, count = report.busiest_hour
        line += f"; the busiest hour began {at:%Y-%m-%d %H:%M} UTC with {count:,}"
    return [f"{line}."]


def _worst(report: ReplayReport) -> list[str]:
    if not report.worst:
        return ["Nothing was late."]
    lines = ["Latest:"]
    for each in report.worst:
        days, rest = divmod(each.late_s, 86_400)
        late = f"{days} d {rest // 3600} h" if days else f"{rest // 3600} h {rest % 3600 // 60} m"
        what = f"{each.number} {each.reference:<12} {each.priority} {each.kind:<12}"
        lines.append(f"  {what} {late:>10} over  {each.title[:50]}")
    return lines
