"""The mark of a drill on everything that could be taken for real: titles, messages, files, notifications.

The mark is a word, such as DRILL; without one everything stays as it is: a real desk shows nothing of it.
"""

_SEP = "\N{EM DASH}"
_HEAD = f" {_SEP} this is an exercise, not a real event"
_FOOT = f" {_SEP} end of an exercise message"


def marked_title(title: str, mark: str) -> str:
    """The title of a window: "DRILL — Escalation Desk"."""
    return title if not mark or title.startswith(mark) else f"{mark} {_SEP} {title}"


def marked_line(line: str, mark: str) -> str:
    """One line, such as a subject or a headline: "DRILL: Card charged four times"."""
    return line if not mark or line.startswith(mark) else f"{mark}: {line}".rstrip(": ")


def marked_name(name: str, mark: str) -> str:
    """The name of a file: "DRILL-handoff.pdf"."""
    return name if not mark or name.startswith(mark) else f"{mark}-{name}"


def marked_text(text: str, mark: str, *, is_short: bool = False) -> str:
    """The words of a message between a head and a foot that say what it is; safe to repeat.

    Where every sign counts the head and the foot are the word alone.
    """
    if not mark:
        return text
    head = mark if is_short else f"{mark}{_HEAD}"
    foot = mark if is_short else f"{mark}{_FOOT}"
    body = text.strip("\n")
    if not body.startswith(head):
        body = f"{head}\n\n{body}"
    return body if body.endswith(foot) else f"{body}\n\n{foot}"


def is_mark(line: str) -> bool:
    """Whether a line of a message is the head or the foot that says that it is an exercise."""
    return line.endswith((_HEAD, _FOOT))
