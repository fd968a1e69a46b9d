"""What a press on a fix changes: the fact the words came from where there is one, else the text itself."""

from collections.abc import Mapping, Sequence

from desktop.domain.message import Finding
from desktop.ui.message.ports import Changes, MediumText, Writing


def mended(
    writing: Writing, texts: Sequence[MediumText], facts: Mapping[str, str], finding: Finding
) -> Changes:
    """What is to be typed so that the finding is put right; nothing where its words are gone."""
    replacement = finding.replacement
    shown = next((text for text in texts if text.medium is finding.medium), None)
    known = next((text for text in writing.media if text.medium is finding.medium), None)
    if replacement is None or shown is None or known is None:
        return Changes()
    if finding.in_subject:
        subject = _replaced(shown.subject, finding, replacement)
        return _of_text(shown, subject, shown.body)
    name = _source(known, finding) if known.body == shown.body else ""
    if name in facts and facts[name].count(finding.quote) == 1:
        return Changes(facts={name: facts[name].replace(finding.quote, replacement)})
    return _of_text(shown, shown.subject, _replaced(shown.body, finding, replacement))


def _of_text(shown: MediumText, subject: str, body: str) -> Changes:
    if (subject, body) == (shown.subject, shown.body):
        return Changes()
    return Changes(texts={shown.medium: (subject, body)})


def _source(text: MediumText, finding: Finding) -> str:
    """The fact that was filled in where the words stand."""
    if text.edited:
        return ""
    return next(
        (name for name, begin, end in text.spans if begin <= finding.begin and finding.end <= end), ""
    )


def _replaced(text: str, finding: Finding, replacement: str) -> str:
    """The text with other words where these stand, also if they have moved since they were found."""
    begin, end = finding.begin, finding.end
    if finding.quote and text[begin:end] != finding.quote:
        begin = text.find(finding.quote)
        end = begin + len(finding.quote)
    if not 0 <= begin <= end <= len(text):
        return text
    return text[:begin] + replacement + text[end:]
