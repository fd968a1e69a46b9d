"""What stays the same when a problem comes back elsewhere or later: the mark of similar signals."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from desktop.domain.checksum import sha256_hex
from desktop.domain.signal_path import path_of
from desktop.domain.signal_type import DESK

_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
# Six and more hexadecimal digits with a numeral among them: a commit, a container, a fingerprint.
_HEX = re.compile(r"\b(?:0x)?(?=[a-f]*[0-9])[0-9a-f]{6,}\b")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?:e[+-]?[0-9]+)?")
_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
)
_DATE_WORD = re.compile(rf"(?<=#)\W{{0,2}}(?:{_NAMES})\W{{0,2}}(?=#)|\b(?:{_NAMES})\W{{1,2}}(?=#)")
_RUN = re.compile(r"#(?:[\s:/.,t+z-]{0,3}#)+z?")
_LONGEST = 2000
#: Where tools say which rule or part is concerned, rather than which machine or when.
_PLACES = tuple(
    map(
        path_of,
        (
            "labels.alertname",
            "labels.job",
            "labels.service",
            "payload.component",
            "payload.class",
            "payload.group",
            "ruleId",
        ),
    )
)


def fingerprint(signal_title: str, fields: Mapping[str, Any], kind: str) -> str:
    """Sixteen hexadecimal digits, equal for signals of one kind that differ only in numbers, identifiers,
    times and the numbers of hosts."""
    parts = [kind, normalised(signal_title), *_said(fields)]
    return sha256_hex("\x1f".join(parts).encode(errors="replace"))[:16]


def normalised(text: str) -> str:
    """A text with `#` for every number, identifier and time, in small letters."""
    return _normalised(text[:_LONGEST])


@lru_cache(maxsize=1_024)  # in a storm the same few texts come thousands of times
def _normalised(text: str) -> str:
    text = text.casefold()
    text = _NUMBER.sub("#", _HEX.sub("#", _UUID.sub("#", text)))
    text = _RUN.sub("#", _DATE_WORD.sub("", _RUN.sub("#", text)))
    return " ".join(text.split())


def _said(fields: Mapping[str, Any]) -> Iterator[str]:
    said = {name: value for name, value in fields.items() if name != DESK}
    for path in _PLACES:
        yield normalised(path.text_in(said))
