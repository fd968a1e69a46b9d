"""A draft of a message as the page that writes it shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from desktop.domain.contact import REACH_OF, Contact, Reach
from desktop.domain.fact_right import why_not_approved
from desktop.domain.letter import Draft, FactDifference, Proposal, Shown
from desktop.domain.merge_field import FIELDS, Approver, EmptyKind, FieldKind, Value, rule_at
from desktop.domain.message import STAGES, Audience, Medium, Stage, Way
from desktop.domain.person import Actor
from desktop.domain.template_text import in_words
from desktop.ui.message.ports import Choice, Difference, Fact, MediumText, Release, WayOut

_MOST_NAMED = 3
_ROUND = timedelta(minutes=5)


class Knows(NamedTuple):
    """Who knows what a message has to say: whoever works on it, and whoever speaks with the customer."""

    owner: str
    account_owner: str


_OF_THE_WORK = frozenset(
    {
        "started_at", "impact_scope", "not_affected", "workaround", "actions_taken", "current_step",
        "next_steps", "eta_range", "eta_confidence", "eta_owner", "still_impaired", "watch_items",
        "how_to_tell", "trigger_plain", "root_cause_plain", "contributing_plain", "prevention_done",
        "prevention_planned", "decision_needed", "decision_options", "owner_role", "conditions", "needs",
        "summary_plain",
    }
)  # fmt: skip
_OF_THE_RECORD: Mapping[str, str] = {
    "product_area": "whoever classifies it",
    "owner_name": "whoever assigns an owner",
    "confirmed_by": "the senior engineer who confirms it",
    "next_update_at": "yourself: choose it under Next update",
}


def choices_of(audience: Audience, proposals: Sequence[Proposal]) -> tuple[Choice, ...]:
    """The stages for an audience; proposed is the one that is due first."""
    own = [each for each in proposals if each.audience is audience]
    why = {each.stage: each.why for each in own}
    first = own[0].stage if own else None
    return tuple(Choice(stage, why.get(stage, ""), stage is first) for stage in STAGES[audience])


def facts_of(
    told: Mapping[str, frozenset[Medium]],
    values: Mapping[str, Value],
    stage: Stage,
    *,
    zone: str,
    now: datetime,
    knows: Knows,
    by: Actor,
    fields: Mapping[str, str],
) -> tuple[Fact, ...]:
    """The facts a message names, in its order; `fields` are the words in the fields of those people write."""
    facts = []
    for name, media in told.items():
        if name in FIELDS:
            value = values.get(name, Value())
            text = fields.get(name, "") if FIELDS[name].is_written else in_words(name, value, zone, now)
            facts.append(replace(_fact(name, value, stage, knows, by), text=text, media=media))
    return tuple(facts)


def _fact(name: str, value: Value, stage: Stage, knows: Knows, by: Actor) -> Fact:
    field, rule = FIELDS[name], rule_at(name, stage)
    is_pending = bool(value.pending)
    return Fact(
        name,
        field.label,
        is_own=field.is_written,
        is_needed=rule.kind is EmptyKind.BLOCK,
        source=value.source,
        as_of=value.as_of,
        who=_who(name, knows),
        says=_plain(rule.words) if rule.kind is EmptyKind.SAY else "",
        hint=field.hint,
        is_list=field.kind is FieldKind.LIST,
        pending=is_pending,
        approver="a lead" if field.approver is Approver.LEAD else "a senior engineer or a lead",
        can_approve=is_pending and not why_not_approved(by, name),
    )


def _who(name: str, knows: Knows) -> str:
    field = FIELDS[name]
    if name in _OF_THE_RECORD or not field.is_written:
        return _OF_THE_RECORD.get(name, "")
    if field.is_standing:
        return "a coordinator: it holds for all messages"
    if field.approver is Approver.ENGINEER:
        return "a senior engineer"
    if name in _OF_THE_WORK:
        return f"the owner, {knows.owner}" if knows.owner else "whoever works on it: nobody owns it yet"
    if name in ("decision_by", "approver", "delegate"):
        return "a lead"
    account_owner = knows.account_owner
    return f"the account owner, {account_owner}" if account_owner else "whoever speaks with the customer"


def _plain(rule: str) -> str:
    """The words of a rule with what they name."""
    said = rule
    for name, field in FIELDS.items():
        said = said.replace(f"{{{name}}}", f"({field.label.lower()})")
    return said


def media_of(
    shown: Mapping[Medium, Shown],
    ways: Mapping[Medium, tuple[WayOut, ...]],
    titles: Mapping[Medium, str],
) -> tuple[MediumText, ...]:
    """The texts in their order; the first goes out at first, the others are there to be chosen."""
    first = next(iter(shown), None)
    texts = []
    for medium, each in shown.items():
        offered = ways[medium]
        sends = next((out for out in offered if out.way in (Way.MAIL, Way.CHAT) and not out.why_not), None)
        proposed = sends.way if sends is not None else (Way.COPIED if medium is first else None)
        texts.append(
            MediumText(
                medium,
                each.text.subject,
                each.text.body,
                edited=each.text.edited,
                template=titles.get(medium, ""),
                spans=each.rendered.spans,
                ways=offered,
                way=proposed,
            )
        )
    return tuple(texts)


def ways_of(medium: Medium, contacts: Sequence[Contact], why_no_mail: str) -> tuple[WayOut, ...]:
    """How a text can go out: to those who are ticked, or to any who are known where nobody is."""
    ways = []
    reach = REACH_OF.get(medium)
    if reach is not None:
        ticked = [one for one in contacts if one.is_default] or list(contacts)
        ids = tuple(one.id for one in ticked)
        why = "nobody is known there" if not ticked else why_no_mail if reach is Reach.MAIL else ""
        ways.append(WayOut(Way.MAIL if reach is Reach.MAIL else Way.CHAT, _named(ticked), ids, why))
    return (*ways, WayOut(Way.COPIED), WayOut(Way.RECORDED))


def _named(contacts: Sequence[Contact]) -> str:
    names = [one.shown for one in contacts[:_MOST_NAMED]]
    more = len(contacts) - len(names)
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def differences_of(found: Sequence[FactDifference]) -> tuple[Difference, ...]:
    """Facts that a text tells otherwise, each by the text that does."""
    return tuple(
        Difference(
            medium,
            each.field,
            FIELDS[each.field].label if each.field in FIELDS else each.field,
            words,
            each.value,
            can_spread=each.field in FIELDS and FIELDS[each.field].is_written and medium in each.by_hand,
        )
        for each in found
        for medium, words in each.words.items()
    )


def release_of(draft: Draft, by: Actor, *, is_needed: bool) -> Release:
    """How far the word of a second person is."""
    release = draft.release
    own = {draft.author_id, *draft.writers} | ({release.asked_by_id} if release is not None else set())
    why = "Who has written in it cannot release it." if by.person_id in own else ""
    if release is None:
        return Release(is_needed)
    return Release(is_needed, release.asked_by, release.released_by, why)


def cadence_of(proposal: Proposal | None, now: datetime) -> timedelta | None:
    """How often they are to hear of it, as far as the proposed time tells."""
    if proposal is None or proposal.next_update_at is None or proposal.next_update_at <= now:
        return None
    # The proposed time is one of full five minutes, at most so much before it.
    steps = -((now - proposal.next_update_at) // _ROUND)
    return steps * _ROUND
