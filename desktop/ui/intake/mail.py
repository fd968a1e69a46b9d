"""What a pasted message fills in, and how that is said."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.domain.intake import NewEvidence
from desktop.ui.intake.content import Content, Piece
from desktop.ui.kit.long_text import LARGE
from desktop.ui.text import counted, listed

if TYPE_CHECKING:
    from desktop.domain.email_text import EmailText

_LONGEST_TITLE = 300
_SHOWN = 20_000
_E_MAIL = "e-mail"


def filled_in(content: Content, mail: "EmailText", raw: str) -> tuple[Content, str]:
    """The content with what the message tells, and a sentence on what that was.

    What a person has filled in already stays; the text goes below it. The message is kept as evidence.
    """
    told: dict[str, Any] = {
        "title": short_title(mail.subject),
        "reporter": mail.reporter[:_LONGEST_TITLE],
        "external_ref": mail.reference[:_LONGEST_TITLE],
        "source": _E_MAIL,
    }
    new = {name: value for name, value in told.items() if value and not getattr(content, name)}
    words = [_WORDS[name] for name in told if name in new and name in _WORDS]
    if mail.body:
        words.append("description")
    kept = Piece(NewEvidence("E-mail as pasted.eml", raw.encode("utf-8", "replace"), "message/rfc822"))
    pieces = (*content.pieces, kept, *(Piece(each) for each in mail.attachments))
    filled = _described(replace(content, pieces=pieces, **new), mail.body)
    attached = f", {counted(len(mail.attachments), 'attachment')}" if mail.attachments else ""
    return (
        filled,
        f"Filled from the e-mail: {listed(words) or 'nothing new'}{attached}. It is kept as evidence.",
    )


def spread(content: Content, text: str) -> tuple[Content, str]:
    """The content with a text that is no message: its first line as the title, if there is none yet."""
    text = text.strip()
    first, _, rest = text.partition("\n")
    if content.title.strip():
        return _described(content, text), f"Pasted into the description{_kept(text)}."
    title = short_title(first)
    below = rest.strip() if title == first.strip() else text
    filled = _described(replace(content, title=title), below)
    return filled, f"Pasted: the first line as the title, the rest below it{_kept(below)}."


def _described(content: Content, text: str) -> Content:
    """The content with a text below its description; one too long to be read there is attached as well."""
    if len(text) > LARGE:
        whole = Piece(NewEvidence("Pasted text.txt", text.encode("utf-8", "replace"), "text/plain"))
        content = replace(content, pieces=(*content.pieces, whole))
        text = text[:_SHOWN] + "…"
    described = "\n\n".join(filter(None, (content.description.strip(), text)))
    return replace(content, description=described)


def _kept(text: str) -> str:
    return "; all of it is attached as a file" if len(text) > LARGE else ""


def short_title(text: str) -> str:
    """A title of at most 300 characters, ending with a whole word."""
    line = " ".join(text[: 4 * _LONGEST_TITLE].split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return line[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0][: _LONGEST_TITLE - 1] + "…"


_WORDS = {"title": "title", "reporter": "reporter", "external_ref": "reference"}
