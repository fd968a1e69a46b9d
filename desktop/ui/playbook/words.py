"""How playbooks, their steps and their states are said."""

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.playbook import Listed, State, Step, Tags
from desktop.domain.policy_node import span_text
from desktop.ui.playbook.ports import Choice, Choices
from desktop.ui.text import listed, moment

#: Where nobody knows what a decision is about, its id stands for it.
NO_DECISIONS: Mapping[str, str] = {}

KINDS = {"check": "Check", "decide": "Decide", "send": "Send", "page": "Page", "hand over": "Hand over"}
_DRAFTS = {State.DRAFT: "draft", State.IN_REVIEW: "in review"}


def is_stale(row: Listed, now: datetime) -> bool:
    """Whether it should have been looked through by now."""
    return row.review_due_at is not None and row.review_due_at <= now and row.state is not State.RETIRED


def version_words(row: Listed) -> str:
    """Which version is in use: "v3"; "not published" before there is one."""
    if row.state is State.RETIRED:
        return "retired"
    return f"v{row.version}" if row.version else "not published"


def draft_words(row: Listed) -> str:
    """What is being written: "4-draft2, in review"; empty where nothing is."""
    return f"{row.draft_label}, {_DRAFTS[row.draft_state]}" if row.draft_state in _DRAFTS else ""


def use_words(row: Listed, now: datetime) -> str:
    """How often and when it was last used."""
    if row.last_used_at is None:
        return "never used"
    times = "once" if row.used_count == 1 else f"{row.used_count} times"
    return f"used {times}, last {moment(row.last_used_at, now)}"


def review_words(row: Listed, now: datetime) -> str:
    """When it has to be looked through again."""
    if row.review_due_at is None or row.state is State.RETIRED:
        return ""
    when = moment(row.review_due_at, now)
    return f"to be looked through since {when}" if is_stale(row, now) else f"look through by {when}"


def for_words(tags: Tags, choices: Choices) -> str:
    """What it is for: "Payments and Billing · Enterprise · P1 critical"."""
    axes = (
        (tags.areas, choices.areas),
        (tags.types, choices.types),
        (tags.tiers, choices.tiers),
        (tags.levels, choices.levels),
    )
    said = [listed([word_of(key, known) for key in keys]) for keys, known in axes if keys]
    return " · ".join(said) or "for everything"


def word_of(key: str, known: tuple[Choice, ...]) -> str:
    """What a key is called; itself where the policy no longer knows it."""
    return dict(known).get(key, key)


def step_words(step: Step, decisions: Mapping[str, str] = NO_DECISIONS) -> str:
    """What stands below the text of a step: who, until when, and what shows that it is done.

    `decisions` are what is decided by the id of the decision.
    """
    said = [KINDS.get(step.kind.value, step.kind.value), step.role]
    if step.due_after is not None:
        said.append(f"within {span_text(step.due_after)}")
    if step.stage:
        said.append(f"message: {step.stage.replace('_', ' ')}")
    if step.decision:
        said.append(f"decision: {decisions.get(step.decision, step.decision)}")
    if step.evidence:
        said.append(f"shown by: {step.evidence}")
    if step.is_optional:
        said.append("may be left out")
    return " · ".join(word for word in said if word)
