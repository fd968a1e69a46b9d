"""A scenario as a list of injects: one row for each, under our own heading."""

from collections.abc import Sequence
from datetime import timedelta

from desktop.domain.drill_condition import words
from desktop.domain.drill_fold import replayed
from desktop.domain.drill_log import Entry
from desktop.domain.drill_msel_values import one_line, without_kept
from desktop.domain.drill_node import write_duration
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_scenario import After, Expectation, Inject, Scenario
from desktop.domain.drill_score import score_run

#: What import keeps in the notes, by the heading it goes back under.
KEPT = frozenset(
    (
        "Track", "Priority", "Location", "Responsible Controller", "Objectives", "Condition",
        "Scheduled Time",
        "Scenario Day", "Scenario Time", "Delivery Method", "Inject Type", "Trigger", "Title",
    )
)  # fmt: skip
#: What stands for the deadline of something that must not happen.
NEVER = "never"


def rows_of(scenario: Scenario) -> list[dict[str, str]]:
    """Every inject as a row, by heading."""
    plan = Plan(scenario)
    titles = {phase.id: phase.title for phase in scenario.phases}
    return [_row(scenario, plan, inject, titles) for inject in scenario.injects]


def conduct_rows_of(scenario: Scenario, log: Sequence[Entry]) -> list[dict[str, str]]:
    """Every inject as a row, with what became of it in a run."""
    run = replayed(Plan(scenario), log)
    graded = score_run(run).expectations
    rows = rows_of(scenario)
    for row, inject in zip(rows, scenario.injects, strict=True):
        state = run.injects[inject.id]
        own = [each for each in graded if each.inject == inject.id]
        entry = run.by_seq.get(state.fired_seq)
        row |= {
            "Status": state.word,
            "Fired At": "" if state.fired_ms is None else clock_text(state.fired_ms // 1000),
            "Fired By": entry.by if entry else "",
            "Skip Reason": state.reason,
            "Result": "\n".join(each.status.value for each in own),
            "Score": "\n".join("–" if each.score is None else str(each.score) for each in own),
            "Evidence": "\n".join(", ".join(f"#{seq}" for seq in each.evidence) for each in own),
        }
    return rows


def _row(scenario: Scenario, plan: Plan, inject: Inject, titles: dict[str, str]) -> dict[str, str]:
    notes, kept = without_kept(inject.notes, KEPT)
    row = {
        "Inject #": inject.id,
        "Title": title_of(scenario, inject),
        "Description": scenario.filled(inject.body),
        "Scheduled Time": _time(inject),
        "From / Source": scenario.filled(inject.source_from),
        "To / Target": ", ".join(inject.to),
        "Delivery Method": inject.channel.value,
        "Phase": titles.get(inject.phase, inject.phase),
        "Expected Action": "\n".join(one_line(each.text) for each in inject.expect),
        "Notes": scenario.filled(notes),
        "Inject Type": inject.type.value,
        "Trigger": inject.trigger.value,
        "Condition": words(inject.when) if inject.when is not None else "",
        "Deadline": "\n".join(_deadline(each) for each in inject.expect),
        "Competence": "\n".join(each.competence for each in inject.expect),
        "Critical": "\n".join("yes" if each.critical else "no" for each in inject.expect),
        **_story(plan, inject),
    }
    return row | {name: text for name, text in kept.items() if text}


def title_of(scenario: Scenario, inject: Inject) -> str:
    """What an inject is called in a list: its subject, or the beginning of what it says."""
    return one_line(scenario.filled(inject.subject)) or short(scenario.filled(inject.body)) or inject.id


def short(text: str) -> str:
    """The first sentence of a text, cut between words where it is long."""
    line = one_line(text)
    for end in (". ", "? ", "! "):
        head, mark, _ = line.partition(end)
        if mark and len(head) < 80:
            line = head + mark.strip()
            break
    if len(line) <= 80:
        return line.removesuffix(".")
    return line[:80].rsplit(" ", 1)[0] + " …"


def clock_text(seconds: int) -> str:
    """Elapsed time as lists write it: 00:14:00."""
    sign, left = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{left // 3600:02}:{left // 60 % 60:02}:{left % 60:02}"


def after_text(after: After) -> str:
    """A time that follows something else: "after I02 +5m"."""
    field = f".{after.field}" if after.field else ""
    return f"after {after.kind} {after.ref}{field} +{write_duration(after.delay_s)}"


def _time(inject: Inject) -> str:
    if inject.after is not None:
        return after_text(inject.after)
    return clock_text(inject.at_s or 0)


def _story(plan: Plan, inject: Inject) -> dict[str, str]:
    if inject.at_s is None:
        return {}
    begin = plan.scenario.pace.start
    at = plan.story_at(inject.at_s * 1000)
    day = (at.date() - begin.date()) // timedelta(days=1) + 1
    return {"Scenario Day": str(day), "Scenario Time": at.strftime("%H:%M")}


def _deadline(each: Expectation) -> str:
    if each.negative:
        return NEVER
    grace = f" +{write_duration(each.grace_s)}" if each.grace_s else ""
    return write_duration(each.deadline_s) + grace
