"""What the page of messages says, in words."""

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.instant import to_us
from desktop.domain.message import Audience, Medium, Stage, Way
from desktop.domain.promise import Kept, Promise, PromiseState
from desktop.domain.silence import Feeling, Silence
from desktop.services.message_ledger import Recipient, SentRow
from desktop.ui.message.ledger_ports import WaitingDraft
from desktop.ui.text import duration, moment, one_line, time_left

_US = 1_000_000
AUDIENCES: Mapping[Audience, str] = {
    Audience.CUSTOMER: "Customer",
    Audience.INTERNAL: "Own people",
    Audience.EXECUTIVE: "Executives",
}
MEDIA: Mapping[Medium, str] = {
    Medium.EMAIL: "E-mail",
    Medium.CHAT: "Chat",
    Medium.DASHBOARD: "Dashboard",
    Medium.STATUS: "Status page",
    Medium.PHONE: "Phone",
    Medium.SMS: "SMS",
}
_WAYS: Mapping[Way, str] = {
    Way.MAIL: "by mail",
    Way.CHAT: "to a chat",
    Way.COPIED: "copied",
    Way.RECORDED: "said elsewhere",
}
_STATES: Mapping[str, tuple[str, str]] = {  # words, and the token of the strip
    "sent": ("Sent", ""),
    "recorded": ("Recorded", ""),
    "copied": ("Copied", ""),
    "waiting": ("On its way", "none.accent"),
    "queued": ("On its way", "none.accent"),
    "sending": ("On its way", "none.accent"),
    "failed": ("Not delivered", "text.danger"),
    "unsure": ("May not have arrived", "text.warning"),
    "held_back": ("Not sent: no real desk", "none.accent"),
    "taken_back": ("Taken back", ""),
}
_PROMISES: Mapping[PromiseState, str] = {
    PromiseState.OPEN: "Open",
    PromiseState.KEPT: "Kept",
    PromiseState.BROKEN: "Broken",
    PromiseState.WITHDRAWN: "Taken back",
}
_FEELINGS: Mapping[Feeling, str] = {
    Feeling.INFORMED: "",
    Feeling.WAITING: "breaching_soon.accent",
    Feeling.FORGOTTEN: "breached.accent",
}


def stage_word(stage: Stage) -> str:
    """A stage on screen: "Post resolution"."""
    return stage.value.replace("_", " ").capitalize()


def for_whom(audience: Audience, stage: Stage) -> str:
    """Whom a message is for, and what it is: "Customer, containment"."""
    return f"{AUDIENCES[audience]}, {stage_word(stage).lower()}"


def state_word(row: SentRow) -> str:
    """How the deliveries of a message stand."""
    return _STATES.get(row.state, (row.state.capitalize(), ""))[0]


def state_token(row: SentRow) -> str:
    """The colour that draws the eye to it, empty for none."""
    return _STATES.get(row.state, ("", ""))[1]


def way_words(row: SentRow) -> str:
    """How it left: "E-mail, by mail"."""
    return f"{MEDIA[row.sent.medium]}, {_WAYS[row.sent.way]}"


def recipient_words(one: Recipient, now: datetime) -> str:
    """One recipient and what became of it."""
    word = _STATES.get(one.state, (one.state, ""))[0]
    why = f": {one.why}" if one.why else ""
    return f"{one_line(one.name)} ({one_line(one.address)}) · {word} {moment(one.at, now)}{why}"


def promise_state(promise: Promise, now: datetime) -> str:
    """How a promise stands now."""
    if promise.state is PromiseState.BROKEN and promise.settled_at is None:
        return "Broken, still open"
    if promise.state is PromiseState.OPEN and promise.due_at <= now:
        return "Overdue"
    return _PROMISES[promise.state]


def promise_left(promise: Promise, now: datetime) -> str:
    """How much time is left to keep it: "12 m left", "20 m over"."""
    if promise.settled_at is not None:
        return moment(promise.settled_at, now)
    return time_left(to_us(promise.due_at), to_us(now))


def promise_token(promise: Promise, now: datetime) -> str:
    """The colour of what is late, or soon to be."""
    if promise.settled_at is not None:
        return ""
    if promise.is_late(now):
        return "breached.accent"
    left_s = (promise.due_at - now).total_seconds()
    return "breaching_soon.accent" if left_s < 600 else ""


def kept_words(kept: Kept) -> str:
    """How many were kept: "12 of 14 kept (86 %)"."""
    if kept.share is None:
        return "No promise has come due yet."
    return f"{kept.kept} of {kept.total} kept ({round(100 * kept.share)} %)"


def silent_for(silence: Silence, now: datetime) -> str:
    """How long a circle has heard nothing."""
    words = duration(round(silence.length(now).total_seconds()) * _US)
    return words if silence.heard_at is not None else f"{words}, never heard"


def allowed_words(silence: Silence, now: datetime) -> str:
    """When they should hear the next time."""
    if silence.due_at is None:
        return "Nothing promised"
    return f"{moment(silence.due_at, now)}, {time_left(to_us(silence.due_at), to_us(now))}"


def silence_token(silence: Silence, now: datetime) -> str:
    """The colour of those who are forgotten, or about to feel so."""
    return _FEELINGS[silence.feeling(now)]


def silence_sentence(silence: Silence, now: datetime) -> str:
    """A circle and its silence in one sentence, also for a screen reader."""
    heard = (
        f"last heard {moment(silence.heard_at, now)}" if silence.heard_at is not None else "never heard of it"
    )
    if silence.due_at is None:
        return f"{silence.circle.word}: {heard}. Nobody waits for a word."
    return f"{silence.circle.word}: {heard}. {silence.feeling(now).word}; {allowed_words(silence, now)}."


def draft_state(row: WaitingDraft, now: datetime) -> str:
    """How far a draft is."""
    release = row.draft.release
    if release is None:
        return "Being written"
    if release.released_at is not None:
        return f"Released by {one_line(release.released_by)} {moment(release.released_at, now)}"
    return f"Waits for release, asked by {one_line(release.asked_by)}"


def draft_second(row: WaitingDraft, now: datetime) -> str:
    """Who has written last, and who writes now."""
    if row.writers:
        verb = "is" if len(row.writers) == 1 else "are"
        return f"{', '.join(one_line(name) for name in row.writers)} {verb} writing now"
    return f"{one_line(row.draft.updated_by)}, {moment(row.draft.updated_at, now)}"
