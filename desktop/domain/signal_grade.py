"""What a sender's word for gravity means at the desk, until a rule or a person says otherwise."""

import re

#: Words of common tools by the severity they stand for; numbers count from 1, the gravest, as P1 or SEV1 do.
_WORDS = {
    1: (
        "critical",
        "fatal",
        "emergency",
        "emerg",
        "disaster",
        "page",
        "blocker",
        "urgent",
        "highest",
        "severe",
    ),
    2: ("error", "err", "high", "major", "alert", "important"),
    3: ("warning", "warn", "medium", "average", "moderate", "normal", "minor"),
    4: ("info", "information", "informational", "notice", "low", "lowest", "trivial", "debug", "ok", "none"),
}
_BY_WORD = {word: severity for severity, words in _WORDS.items() for word in words}
_NUMBERED = re.compile(r"(?:p|sev|s|prio|priority|severity|level)?[\s_#-]*([1-5])\b")


def severity_of_hint(hint: str) -> int | None:
    """Severity 1 to 4 for a word or number as sent; None where it says nothing known."""
    text = hint.strip().lower()
    if not text:
        return None
    for word in re.findall(r"[a-z]+", text):
        if word in _BY_WORD:
            return _BY_WORD[word]
    numbered = _NUMBERED.fullmatch(text) or _NUMBERED.match(text)
    return min(int(numbered.group(1)), 4) if numbered else None
