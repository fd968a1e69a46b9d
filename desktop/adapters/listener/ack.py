"""The page behind a page's link: it shows what it is about, and a button acknowledges it.

Looking changes nothing, because mail programs and chats look at every link by themselves.
"""

from collections.abc import Callable
from html import escape

from desktop.adapters.listener.answer import Answer
from desktop.adapters.listener.room import Room
from desktop.services.page_ack import AckView
from desktop.services.page_ack import Answer as Ack

METHODS = ("GET", "HEAD", "POST")
_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-robots-tag", b"noindex"),
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none';"
        b" base-uri 'none'",
    ),
)
_STATUS = {Ack.UNKNOWN: 404, Ack.SPENT: 410, Ack.EXPIRED: 410, Ack.REFUSED: 409}
_STYLE = (
    ":root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;"
    "margin:3rem auto;padding:0 1rem}h1{font-size:1.4rem}"
    "button{font:inherit;padding:.8rem 1.6rem;min-height:3rem}"
)


class AckRoom:
    """Answers `/v1/ack/TOKEN`."""

    def __init__(self, look: Callable[[str], AckView], acknowledge: Callable[[str], AckView]) -> None:
        self._look = look
        self._acknowledge = acknowledge

    def room(self) -> Room:
        """To be put under its path."""
        return Room(METHODS, self.enter)

    def enter(self, method: str, token: str) -> Answer:
        """Look, or with POST acknowledge."""
        view = self._acknowledge(token) if method == "POST" else self._look(token)
        return _page(view, _STATUS.get(view.answer, 200))


def _page(view: AckView, status: int) -> Answer:
    number, who = escape(view.number), escape(view.who)
    if view.answer is Ack.OPEN:
        heading = f"{number}: {escape(view.title)}"
        text = f'<p>{who} was paged about it.</p><form method="post"><button>Acknowledge</button></form>'
    elif view.answer is Ack.DONE:
        heading = f"{number} is acknowledged"
        text = f"<p>By {who}. Repeats and the ladder have stopped.</p>"
    elif view.answer is Ack.SPENT:
        heading, text = "This link was used already", f"<p>{number} was acknowledged with it.</p>"
    elif view.answer is Ack.EXPIRED:
        heading = "This link has expired"
        text = f"<p>{number} is not acknowledged by it any more: do it at the desk.</p>"
    elif view.answer is Ack.REFUSED:
        heading, text = f"{number} was not acknowledged", f"<p>{escape(view.why)}</p>"
    else:
        heading, text = "There is no such page", "<p>The link is not whole, or from another desk.</p>"
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{heading}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{heading}</h1>{text}</body></html>"
    )
    return Answer(status, body.encode(), _HEADERS, media_type=b"text/html; charset=utf-8")
