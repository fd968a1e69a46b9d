"""A list of words as people edit it: one entry a line, and behind an arrow what may stand in its place."""

from desktop.domain.message_lint_words import Phrase

_ARROW = "→"
_TYPED_ARROWS = ("->", "=>")


def lines_of(phrases: tuple[Phrase, ...]) -> str:
    """The entries, one a line."""
    return "\n".join(
        f"{phrase.words} {_ARROW} {phrase.instead}" if phrase.instead else phrase.words for phrase in phrases
    )


def phrases_of(text: str) -> tuple[Phrase, ...]:
    """The entries of lines; empty lines are none, and nothing stands in them twice."""
    found: dict[str, Phrase] = {}
    for line in text.splitlines():
        for typed in _TYPED_ARROWS:
            line = line.replace(typed, _ARROW)
        words, _, instead = line.partition(_ARROW)
        kept = " ".join(words.split())
        if kept:
            found.setdefault(kept.casefold(), Phrase(kept, " ".join(instead.split())))
    return tuple(found.values())
