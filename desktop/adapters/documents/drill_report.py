"""The after-action report of a drill with its improvement plan, in the order of HSEEP's AAR/IP.

It names seats and nobody who sat there; only owners of actions are named.
"""

from collections.abc import Iterator
from datetime import datetime

from desktop.adapters.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
)
from desktop.domain.drill_after import AfterAction, Surveyed
from desktop.domain.drill_explain import sentence, span, summary
from desktop.domain.drill_gap import GapState
from desktop.domain.drill_log import Kind
from desktop.domain.drill_record import Gap, NoteKind, ObserverNote
from desktop.domain.drill_replay import clock, told
from desktop.domain.drill_sums import share
from desktop.domain.drill_words import gap_title

#: What the letters mean (HSEEP, in our words).
RATINGS = (
    ("P", "performed without challenges"),
    ("S", "performed with some challenges, objective still met"),
    ("M", "major challenges: other work hurt, risk added, or off the plan"),
    ("U", "could not be performed"),
)

#: Told by the entries around them, or with the observers' notes.
_TOLD_ELSEWHERE = frozenset({Kind.EFFECT.value, Kind.SPEED.value, Kind.NOTED.value})


def report_of(after: AfterAction) -> Document:
    """The whole report."""
    run, banner = after.run, after.scenario.safety.banner
    state = "DRAFT" if after.is_draft else "final"
    return Document(
        title=f"After-action report: {after.scenario.filled(after.scenario.title)}",
        running=f"{banner} · {run.title} · {run.team or 'no team named'} · {_day(run.started_at)} · {state}",
        blocks=tuple(_blocks(after)),
        mark=f"{banner} · DRAFT" if after.is_draft else banner,
    )


def file_stem(after: AfterAction) -> str:
    """What its file is called, without an ending; it says that it was a drill."""
    day = after.run.started_at or after.made_at
    return f"DRILL_{after.run.slug}_{day:%Y-%m-%d}_run-{after.run.id}_after-action"


def _blocks(after: AfterAction) -> Iterator[Block]:
    yield Paragraph(
        "Of an exercise. Nothing in it happened to real customers. Names stand only where somebody owns an "
        "action; everybody else is a seat.",
        Tone.MUTED,
    )
    yield Heading(1, "Overview")
    yield Facts(tuple(_overview(after)))
    yield from _result(after)
    yield from _strengths(after)
    yield from _gaps(after)
    yield from _plan(after)
    yield from _decisions(after)
    yield from _expectations(after)
    yield from _benchmarks(after)
    yield from _survey(after.survey)
    yield from _appendix(after)


def _overview(after: AfterAction) -> Iterator[tuple[str, str]]:
    run, scenario = after.run, after.scenario
    yield "Exercise", f"{scenario.filled(scenario.title)} ({scenario.id}, version {scenario.version})"
    yield "Held", f"{_moment(run.started_at)} to {_moment(run.ended_at)}"
    yield "Length", f"{span(run.sim_ms // 1000)} of {span(scenario.pace.duration_s)} planned"
    yield "Form", f"{run.mode.value}{', practice run' if run.practice else ''}, seed {run.seed}"
    yield "Team", run.team or "not stated"
    yield "Scope", ", ".join((*scenario.tags.product_area, *scenario.tags.incident_type)) or "not stated"
    yield "Scenario", scenario.filled(scenario.summary).strip()
    if scenario.origin.ref and scenario.origin.kind == "public_pattern":
        yield "Pattern", scenario.origin.ref
    yield "Objectives", "\n".join(scenario.filled(each.text) for each in scenario.objectives)
    yield "Seats", ", ".join(seat.title for seat in run.seats if not seat.is_staff) or "not recorded"
    if run.end_reason:
        yield "Ended", run.end_reason


def _result(after: AfterAction) -> Iterator[Block]:
    score = after.score
    yield Heading(1, "Result")
    yield Paragraph(summary(score))
    yield Paragraph("; ".join(f"{letter}: {words}" for letter, words in RATINGS) + ".", Tone.MUTED)
    rows = tuple(
        (_name(each.name), str(each.score), each.band, each.worst, str(each.weight))
        for each in score.competences
    )
    yield Table(("Competence", "Permille", "Band", "Worst part", "Weight"), rows, (5, 2, 2, 2, 2))
    bare = len(score.without_expectations)
    yield Paragraph(
        f"Coverage {share(score.coverage, 1000) // 10} %: {score.scored} of {score.planned} expected actions "
        f"could be scored; {bare} of {len(after.scenario.injects)} injects expect nothing. Scored by engine "
        f"{score.engine}; the same log always gives the same result.",
        Tone.MUTED,
    )


def _strengths(after: AfterAction) -> Iterator[Block]:
    yield Heading(1, "Strengths")
    good = [each for each in after.score.expectations if each.score is not None and each.score >= 1000]
    lines = [_note(note) for note in after.notes if note.kind is NoteKind.STRENGTH and not note.is_private]
    lines += [f"{each.text} ({each.id})" for each in good if each.critical]
    yield Bullets(tuple(lines)) if lines else Paragraph("None recorded.", Tone.MUTED)
    yield Heading(1, "Observations")
    kinds = (NoteKind.IMPROVEMENT, NoteKind.FACT, NoteKind.QUOTE)
    others = [_note(note) for note in after.notes if note.kind in kinds and not note.is_private]
    yield Bullets(tuple(others)) if others else Paragraph("None recorded.", Tone.MUTED)


def _note(note: ObserverNote) -> str:
    rating = f", rated {note.rating}" if note.rating else ""
    return f"{clock(note.sim_ms)} {note.text}{rating}"


def _gaps(after: AfterAction) -> Iterator[Block]:
    yield Heading(1, "Areas for improvement")
    shown = [gap for gap in after.gaps if gap.state is not GapState.DECLINED]
    if not shown:
        yield Paragraph("No gap was found.", Tone.MUTED)
    by_id = {each.id: each for each in after.score.expectations}
    for gap in shown:
        yield Heading(2, f"{gap.code}: {gap_title(gap.code)}")
        found = by_id.get(gap.expectation)
        said = f"{found.id} {found.text}: {sentence(found)}" if found is not None else "noted by an observer"
        yield Facts(
            (
                ("Reference", f"{_name(gap.category)}, severity {gap.severity}; {said}"),
                ("Analysis", gap.detail or "Not written yet."),
                ("Standing", _standing(gap)),
            )
        )


def _standing(gap: Gap) -> str:
    parts = [_name(gap.state.value), f"{_times(gap.times)} within 12 months" if gap.times > 1 else ""]
    parts += [f"owner {gap.owner}" if gap.owner else "", f"due {gap.due:%Y-%m-%d}" if gap.due else ""]
    parts += [f"waived: {gap.waiver}" if gap.waiver else ""]
    return ", ".join(part for part in parts if part)


def _plan(after: AfterAction) -> Iterator[Block]:
    yield Heading(1, "Improvement plan")
    if not after.actions:
        yield Paragraph("No action was agreed yet.", Tone.WARNING if after.gaps else Tone.MUTED)
        return
    gaps = {gap.id: gap.code for gap in after.gaps}
    rows = tuple(
        (
            each.text,
            gaps.get(each.gap_id or 0, "–"),
            each.kind.value,
            each.owner,
            f"{each.due:%Y-%m-%d}",
            _name(each.state.value),
        )
        for each in after.actions
    )
    yield Table(("Action", "Gap", "Kind", "Owner", "Due", "Status"), rows, (8, 2, 3, 4, 3, 3))


def _decisions(after: AfterAction) -> Iterator[Block]:
    decided = [entry for entry in after.log if entry.kind in ("decision.recorded", "decision.defaulted")]
    points = {point.id: point for _, point in after.scenario.decisions()}
    rows = []
    for entry in decided:
        point = points.get(str(entry.body.get("decision", "")))
        if point is None:
            continue
        option = str(entry.body.get("option", ""))
        label = next((each.label for each in point.options if each.id == option), option)
        default = entry.kind == "decision.defaulted"
        who = "nobody in time: the default" if default else str(entry.body.get("approver") or entry.by or "–")
        filled = after.scenario.filled
        rows.append((clock(entry.sim_ms), filled(point.question), filled(label), who))
    if rows:
        yield Heading(1, "Decisions")
        yield Table(("T+", "Question", "Taken", "By"), tuple(rows), (2, 6, 6, 3))


def _expectations(after: AfterAction) -> Iterator[Block]:
    yield Heading(1, "Expected actions")
    rows = tuple(
        (
            each.id,
            f"{each.text}{' (critical)' if each.critical else ''}",
            _name(each.status.value),
            _number(each.time),
            _number(each.quality),
            _number(each.score),
            sentence(each),
        )
        for each in after.score.expectations
    )
    yield Table(("Id", "Action", "Status", "T", "Q", "Score", "Why"), rows, (2, 7, 3, 2, 2, 2, 9))


def _benchmarks(after: AfterAction) -> Iterator[Block]:
    if not after.benchmarks:
        return
    scored = {each.id: each for each in after.score.expectations}
    rows = []
    for name, (policy_s, real_s) in after.benchmarks.items():
        each = scored.get(name)
        if each is not None:
            here = span(each.t_s) if each.t_s is not None else "not done"
            real = span(real_s) if real_s is not None else "not recorded"
            rows.append((f"{name} {each.text}", span(policy_s), real, here))
    if rows:
        yield Heading(1, "Against policy and the real event")
        yield Table(("Action", "Policy asks", "Real team", "This drill"), tuple(rows), (8, 3, 3, 3))


def _survey(survey: tuple[Surveyed, ...]) -> Iterator[Block]:
    answered = [each for each in survey if each.marks or each.words]
    if not answered:
        return
    yield Heading(1, "What participants said")
    yield Paragraph("Anonymous; shown from three answers on.", Tone.MUTED)
    for each in answered:
        yield Heading(2, each.question)
        if each.marks:
            mean = (20 * sum(each.marks) + len(each.marks)) // (2 * len(each.marks))
            yield Paragraph(f"{mean // 10}.{mean % 10} of 5, from {len(each.marks)} answers.")
        if each.words:
            yield Bullets(each.words)


def _appendix(after: AfterAction) -> Iterator[Block]:
    yield Heading(1, "Appendix: course of the drill")
    shown = [told(entry, after.scenario) for entry in after.log if entry.kind not in _TOLD_ELSEWHERE]
    rows = tuple((clock(each.sim_ms), each.words) for each in shown)
    yield Table(("T+", "What happened"), rows, (2, 14))


def _times(count: int) -> str:
    return {2: "2nd time", 3: "3rd time"}.get(count, f"{count}th time")


def _name(word: str) -> str:
    return word.replace("oncall", "on-call").replace("_", " ")


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def _day(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d}" if at is not None else "not held"


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M %Z}" if at is not None else "not recorded"
