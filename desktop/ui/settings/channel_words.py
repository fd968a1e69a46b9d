"""How a channel stands, in words, and no better than it is known."""

from datetime import datetime

from desktop.domain.channel import Channel, ChannelKind, Tested
from desktop.domain.person import Person
from desktop.ui.text import listed, moment, one_line

NO_CHANNEL = "No working channel"
_LONGEST = 80


def test_words(channel: Channel) -> str:
    """What came of its last test, in two words."""
    if not channel.enabled:
        return "Switched off"
    return {
        Tested.UNTESTED: "Not tested",
        Tested.UNDER_WAY: "On its way…",
        Tested.SENT: "Taken over",
        Tested.FAILED: "Failed",
    }[channel.test_state]


def tested_words(channel: Channel, now: datetime) -> str:
    """When it was tested."""
    is_over = channel.test_state in (Tested.SENT, Tested.FAILED)
    return moment(channel.tested_at, now) if is_over and channel.tested_at is not None else ""


def success_words(channel: Channel, now: datetime) -> str:
    """When something was last taken over."""
    return moment(channel.last_ok_at, now) if channel.last_ok_at is not None else "never"


def standing_words(channel: Channel, name: str, now: datetime) -> str:
    """All that is known of a channel of `name`, a sentence each."""
    label, when = one_line(channel.label[:_LONGEST]), tested_words(channel, now)
    said = {
        Tested.UNTESTED: f"{label} has not been tested: nobody knows whether it works.",
        Tested.UNDER_WAY: "A test is on its way; it is sent within ten seconds or fails.",
        Tested.SENT: f"The test of {when} was taken over. Ask {name} whether it arrived.",
        Tested.FAILED: f"The test of {when} failed.",
    }[channel.test_state]
    parts = [said] if channel.enabled else [f"{label} is switched off: nothing is sent by it."]
    if channel.last_error:
        at = f" {moment(channel.last_error_at, now)}" if channel.last_error_at is not None else ""
        parts.append(f"Last error{at}: {channel.last_error}")
    return " ".join(parts)


def reached_words(channels: tuple[Channel, ...] | None) -> str:
    """By what somebody is reached, in the order in which it is tried."""
    if channels is None:
        return "–"
    working = [channel.kind.word for channel in channels if channel.works]
    return listed(list(dict.fromkeys(working))) or NO_CHANNEL


def example_of(kind: ChannelKind, person: Person) -> str:
    """An address of a kind."""
    to = person.email or "somebody@example.org"
    return {
        ChannelKind.MAIL: f"mailtos://user:password@smtp.example.org?to={to}",
        ChannelKind.CHAT: "slack://token-a/token-b/token-c/#channel",
        ChannelKind.SMS: f"twilio://account:token@from-number/{_digits(person.phone) or 'to-number'}",
        ChannelKind.WEBHOOK: "jsons://hooks.example.org/path",
    }[kind]


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit() or letter == "+")
