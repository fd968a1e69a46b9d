"""Looks into a mailbox once, to say whether it can be read and what is in it; nothing there is changed."""

from collections.abc import Mapping
from typing import Any

from imapclient.exceptions import IMAPClientError

from desktop.adapters.mailbox_place import MailboxPlace, sentence_of
from desktop.adapters.mailbox_session import POLL_S, MailboxSession
from desktop.domain.errors import DeskError

_ANSWER_S = 10.0
_THEN = "Check host, port and security."


def look_into(options: Mapping[str, Any], secret: str) -> str:
    """What was found in the mailbox that the options of a source name, as a sentence.

    Raises: DeskError saying why it cannot be read.
    """
    place = MailboxPlace.from_options(options)
    try:
        session = MailboxSession(place, secret, answer_s=_ANSWER_S)
    except (OSError, IMAPClientError) as fault:
        raise DeskError(sentence_of(fault, place, _THEN)) from fault
    try:
        unread = len(session.find(0))
    except (OSError, IMAPClientError) as fault:
        raise DeskError(sentence_of(fault, place, _THEN)) from fault
    finally:
        session.close()
    mails = "1 mail" if session.count == 1 else f"{session.count} mails"
    return f"It works. {place.folder} holds {mails}, {unread} unread. {_how(place, session)}"


def _how(place: MailboxPlace, session: MailboxSession) -> str:
    if place.poll_s:
        return f"It will be looked at every {place.poll_s} seconds."
    if session.can_idle:
        return "The server will tell at once when one comes."
    return f"The server tells of nothing by itself: it will be looked at every {POLL_S:.0f} seconds."
