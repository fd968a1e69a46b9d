"""Words in a tool tip: shown as they are, whatever they look like."""

from html import escape


def as_tip(words: str) -> str:
    """The words for a tool tip: Qt would read markup in them, and load what it names."""
    if "<" not in words and "&" not in words:
        return words
    return f"<qt>{escape(words, quote=False)}</qt>".replace("\n", "<br>")
