"""What stands for a field while the engine works, and what the filters make of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol


class Sheet(Protocol):
    """Where the values are kept that the engine does not see."""

    def put(self, name: str, text: str, state: str) -> str:
        """Keep a text of a field; gives the mark that stands for it."""
        ...


class Token:
    """A field inside the engine: true when it has a value, a row of its items, and a mark when written."""

    __slots__ = ("clock", "items", "local", "name", "sheet", "state", "text")

    def __init__(
        self,
        sheet: Sheet,
        name: str,
        text: str,
        *,
        items: tuple[str, ...] = (),
        clock: str = "",
        local: str = "",
        state: str = "",
    ) -> None:
        self.sheet = sheet
        self.name = name
        self.text = text
        self.items = items
        self.clock = clock
        self.local = local
        self.state = state

    def __bool__(self) -> bool:
        return not self.state

    def __str__(self) -> str:
        return self.sheet.put(self.name, self.text, self.state)

    def __iter__(self) -> Iterator["Token"]:
        for item in self.items:
            yield Token(self.sheet, self.name, item)

    def said(self, text: str) -> "Token":
        """The same field in other words; a placeholder stays as it is."""
        is_fixed = self.state in ("gone", "missing", "unknown")
        return self if is_fixed else Token(self.sheet, self.name, text, state=self.state)


def _bullets(token: Token) -> Token:
    return token.said("\n".join(f"- {item}" for item in token.items or (token.text,)))


def _lines(token: Token) -> Token:
    return token.said("\n".join(token.items or (token.text,)))


def _inline(token: Token) -> Token:
    return token.said("; ".join(item.rstrip(".;") for item in token.items) or " ".join(token.text.split()))


def _first(token: Token) -> Token:
    return token.said(token.items[0] if token.items else token.text.split("\n")[0])


def _sentence(token: Token) -> Token:
    text = token.text.rstrip()
    text = text[:1].upper() + text[1:]
    return token.said(text if not text or text[-1] in ".!?…:" else f"{text}.")


def _within(token: Token) -> Token:
    text = token.text.strip().rstrip(".")
    first = text.split(" ")[0]
    is_name = len(first) > 1 and not first[1:].islower()
    return token.said(text if is_name else text[:1].lower() + text[1:])


def _clock(token: Token) -> Token:
    return token.said(token.clock or token.text)


def _local(token: Token) -> Token:
    return token.said(token.local or token.text)


def _upper(token: Token) -> Token:
    return token.said(token.text.upper())


def _short(token: Token, most: int) -> Token:
    text = " ".join(token.text.split())
    return token.said(text if len(text) <= most else f"{text[: most - 1].rstrip()}…")


#: What each filter makes of a field; `template_syntax.FILTERS` says it in words.
MADE: Mapping[str, Callable[..., Token]] = {
    "bullets": _bullets,
    "lines": _lines,
    "inline": _inline,
    "first": _first,
    "sentence": _sentence,
    "within": _within,
    "clock": _clock,
    "local": _local,
    "upper": _upper,
    "short": _short,
}
