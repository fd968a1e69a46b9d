"""Words in a tool tip: shown as they are, whatever they look like."""


def as_tip(words: str) -> str:
    """The words for a tool tip: Qt would read markup in them, and load what it names."""
    if "<" not in words and "&" not in words:
        return words
    from html import escape  # every window's first picture would wait for its table of entities

    return f"<qt>{escape(words, quote=False)}</qt>".replace("\n", "<br>")
