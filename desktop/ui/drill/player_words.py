"""How a drill is said to its players: its state and clock, and what kind of thing has reached them."""

import json
from datetime import datetime
from typing import NamedTuple

from desktop.domain.drill_view import PlayerView, Received
from desktop.ui.text import counted, one_line

BRIEFING, RUNNING, PAUSED, ENDED = "BRIEFING", "RUNNING", "PAUSED", "ENDED"
_STATES = {BRIEFING: "NOT STARTED", RUNNING: "RUNNING", PAUSED: "❚❚ PAUSED", ENDED: "ENDED"}
_SPOKEN = {
    BRIEFING: "The drill has not started yet.",
    RUNNING: "The drill is running.",
    PAUSED: "The drill is paused.",
    ENDED: "The drill has ended.",
}
_LONGEST = 400
_NEWS_MOST = 70


class ChannelLook(NamedTuple):
    """How something looks by the way it came: its picture, its name, what the sender does, how it is set.

    `body` is plain, quote (said aloud), bubble (chat), mono (a machine wrote it) or headline. `chimes` is how
    often it sounds.
    """

    icon: str
    name: str
    verb: str
    body: str = "plain"
    chimes: int = 1


_LOOKS = {
    "ticket": ChannelLook("intake", "Ticket", "opened a ticket"),
    "email": ChannelLook("send", "E-mail", "writes"),
    "chat": ChannelLook("note", "Chat", "writes in the chat", "bubble"),
    "phone": ChannelLook("person", "Phone call", "is on the phone", "quote", 2),
    "monitoring": ChannelLook("warning", "Monitoring", "reports", "mono", 2),
    "dashboard": ChannelLook("board", "Dashboard", "shows", "mono"),
    "social": ChannelLook("people", "Social media", "posts", "bubble"),
    "press": ChannelLook("eye", "Press", "publishes", "headline"),
    "verbal": ChannelLook("sound", "Said in the room", "says", "quote"),
    "document": ChannelLook("file", "Document", "hands over"),
    "none": ChannelLook("info", "Notice", "says"),
}
#: Ways of which strangers take notice: their figures rise.
PUBLIC = frozenset({"social", "press"})


def look_of(channel: str) -> ChannelLook:
    """How something that came this way looks."""
    return _LOOKS.get(channel, _LOOKS["none"])


def state_word(view: PlayerView) -> str:
    """What stands on the striped bar: "DRILL RUNNING"."""
    return f"{mark_of(view)} {_STATES.get(view.state, view.state)}"


def spoken_state(state: str) -> str:
    """The state as a sentence."""
    return _SPOKEN.get(state, f"The drill is {state.lower()}.")


def mark_of(view: PlayerView) -> str:
    """The word that the drill is marked with."""
    return one_line(view.banner[:24]) or "DRILL"


def clock(sim_ms: int) -> str:
    """The time of the drill: "T+00:23:40", before its beginning "T−00:05:00"."""
    s = abs(sim_ms) // 1000
    sign = "−" if sim_ms < 0 else "+"
    return f"T{sign}{s // 3600:02}:{s % 3600 // 60:02}:{s % 60:02}"


def spoken_clock(sim_ms: int) -> str:
    """The time of the drill in words: "23 minutes 40 seconds"."""
    s = abs(sim_ms) // 1000
    hours, minutes, seconds = s // 3600, s % 3600 // 60, s % 60
    parts = [counted(hours, "hour")] if hours else []
    return " ".join([*parts, counted(minutes, "minute"), counted(seconds, "second")])


def story(at: datetime) -> str:
    """The time of the story with its zone: "Mon 2 Mar 16:33 UTC+1"."""
    offset = at.strftime("%z")
    zone = "UTC" if offset in ("", "+0000") else f"UTC{offset[0]}{int(offset[1:3])}"
    if offset[3:5] not in ("", "00"):
        zone += f":{offset[3:5]}"
    return f"{at:%a} {at.day} {at:%b} {at:%H:%M} {zone}"


def on_the_board(at: datetime) -> str:
    """The same instant as the cards of this computer say it; empty where the story's zone says the same."""
    here = at.astimezone()
    return "" if here.utcoffset() == at.utcoffset() else f"{here:%H:%M} on this computer"


def age(seconds: int) -> str:
    """How old a figure is: "updated 40 min ago"."""
    if seconds < 60:
        return "updated just now"
    if seconds < 3600:
        return f"updated {seconds // 60} min ago"
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    return f"updated {hours} h {minutes} min ago" if minutes else f"updated {hours} h ago"


def subject(got: Received) -> str:
    """What it is about in one line: its subject, else how its text begins."""
    return one_line(got.subject[:_LONGEST]) or one_line(got.body[:_LONGEST]) or look_of(got.channel).name


def source(got: Received) -> str:
    """Who it is from."""
    return one_line(got.source[:_LONGEST]) or look_of(got.channel).name


def addressed(got: Received) -> str:
    """Whom it was addressed to: "to Support triage and Billing on-call"."""
    titles = [one_line(each[:80]) for each in got.to]
    if not titles:
        return "to everybody"
    head = ", ".join(titles[:-1])
    return f"to {head} and {titles[-1]}" if head else f"to {titles[0]}"


def news(got: Received) -> str:
    """That it has come, as it is told in passing."""
    about = subject(got)
    short = about if len(about) <= _NEWS_MOST else f"{about[: _NEWS_MOST - 1].rstrip()}…"
    return f"{look_of(got.channel).name} from {source(got)}: {short}"


def as_text(got: Received) -> str:
    """All of it as a text that can be filed."""
    head = f"{look_of(got.channel).name} from {source(got)}, {addressed(got)}"
    when = f"{clock(got.sim_ms)}, {story(got.story_at)}"
    enclosed = json.dumps(got.artifact, indent=2, ensure_ascii=False, default=str) if got.artifact else ""
    return "\n\n".join(filter(None, (f"{head}\n{when}", got.subject, got.body, enclosed)))


def file_name(got: Received) -> str:
    """A name for that file: "monitoring-at-00-10-00.txt"."""
    kind = look_of(got.channel).name.lower().replace(" ", "-")
    return f"{kind}-at-{clock(got.sim_ms)[2:].replace(':', '-')}.txt"


class PublicFigures(NamedTuple):
    """What strangers do with a post; made up, and counted in no score."""

    seen: int
    shared: int
    answered: int


def public_figures(number: int, age_s: int) -> PublicFigures:
    """How far a post has got after so many seconds: never less than before, faster at first."""
    steady = max(age_s, 0)
    pull = 3 + number * 7 % 5
    seen = 40 + pull * steady * (600 + steady // 4) // 600
    return PublicFigures(seen, seen // 23, seen // 61)


def public_words(figures: PublicFigures) -> str:
    """The figures in a line."""
    return f"{figures.seen:,} views · {figures.shared:,} shared · {figures.answered:,} answers"
