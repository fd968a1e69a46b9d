"""What in a text tells of somebody without being a name: addresses, numbers, links, amounts, dates."""

import re
from datetime import date, timedelta
from math import floor, log10

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
)  # fmt: skip
_MONTH = "|".join((*_MONTHS, "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"))
_MONEY = r"eur|usd|gbp|chf|sek|nok|dkk|pln|jpy"
_COUNT = r"(?:\d{1,3}(?:[.,'\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?:\s?(?:k|m|bn|million)\b)?"

#: Kinds in the order in which they claim their part of a text.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(
        r"(?i)\b(?:[a-z][a-z0-9+.-]{1,9}://|www\.)[^\s<>\"'“”‘’]*[^\s<>\"'“”‘’.,;:!?)\]}]"
    )),
    ("mail", re.compile(r"(?i)[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*")),
    ("ip", re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}\b")),
    ("date", re.compile(
        r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}"
        rf"|\d{{1,2}}\.? (?:{_MONTH})\b(?: \d{{4}}\b)?"
        rf"|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?)"
    )),
    ("amount", re.compile(
        rf"(?i)(?<![\w.,-])(?:(?:[€$£¥]|(?:{_MONEY})\b)\s?{_COUNT}"
        rf"|{_COUNT}\s?(?:[€$£¥]|(?:{_MONEY}|euros?|dollars?|pounds?)\b))"
    )),
    ("number", re.compile(
        r"\b(?!(?:SEV|UTF|ISO|SHA|HTTPS?|RFC|TLS|AES|IPV|GMT|UTC)-?\d)"
        r"(?:[A-Z][A-Z0-9]{0,9}[-_/]\d[\d/-]*|[A-Z]{2,6}\d{4,})\b|#\d{3,}\b"
    )),
    ("phone", re.compile(
        r"(?<![\w.-])(?:\+|00)\d[\d ()/.\u2011-]{5,18}\d\b|(?<![\w.+-])0\d{1,4}[ /-]{1,3}\d[\d /-]{3,12}\d\b"
        r"|\(\d{2,5}\)[ /-]?\d[\d -]{3,10}\d\b"
    )),
    ("host", re.compile(
        r"(?i)\b(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.)+(?:com|net|org|io|eu|info|biz|cloud|app|dev|local"
        r"|internal|example|test|corp|lan|de|at|ch|fr|it|es|pt|nl|be|uk|ie|se|dk|fi|pl|cz|ro|us|ca|au|jp|ng|no)\b"
    )),
    ("digits", re.compile(r"(?<![\w.:,])\d{6,}(?![\w:]|[.,]\d)")),
)  # fmt: skip

_NUMBER = re.compile(r"\d(?:[\d.,'\u202f ]*\d)?")
_DATE_WORD = re.compile(
    r"(?P<d1>\d{1,2})?(?P<dot>\.)? ?(?P<m>[A-Z][a-z]+)\.? ?(?P<d2>\d{1,2})?(?:st|nd|rd|th)?(?P<y>,? \d{4})?"
)


def shifted(text: str, weeks: int, year: int) -> str:
    """A date as it is written, whole weeks away: the day of the week stays. `year` where none is told."""
    found = _date(text, year)
    if found is None:
        return text
    try:
        moved = found + timedelta(weeks=weeks)
    except OverflowError:
        return text
    if "-" in text:
        return moved.isoformat()
    for sign in "./":
        if text.count(sign) == 2:
            first, second, _ = text.split(sign)
            parts = (moved.day, moved.month) if not _is_american(text) else (moved.month, moved.day)
            wide = "02" if len(first) == 2 and len(second) == 2 else ""
            return sign.join((f"{parts[0]:{wide}}", f"{parts[1]:{wide}}", str(moved.year)))
    match = _DATE_WORD.fullmatch(text.strip())
    if match is None:
        return text
    month = _MONTHS[moved.month - 1]
    told = f" {moved.year}" if match["y"] else ""
    if match["d1"]:
        return f"{moved.day}{match['dot'] or ''} {month}{told}"
    return f"{month} {moved.day}{',' if told and ',' in match['y'] else ''}{told}"


def scaled(text: str, permille: int) -> str:
    """An amount of money multiplied, to three figures, written as it was."""
    match = _NUMBER.search(text)
    if match is None:
        return text
    said = match[0]
    value, decimals = _value(said)
    made = _rounded(value * permille / 1000, decimals)
    return text[: match.start()] + _written(made, decimals, said) + text[match.end() :]


def _is_american(text: str) -> bool:
    first, second = (int(part) for part in text.replace("/", ".").split(".")[:2])
    return second > 12 >= first


def _date(text: str, year: int) -> date | None:
    try:
        if "-" in text:
            return date.fromisoformat(text)
        if text.count(".") == 2 or text.count("/") == 2:
            first, second, told = (int(part) for part in text.replace("/", ".").split("."))
            day, month = (second, first) if _is_american(text) else (first, second)
            return date(told, month, day)
        match = _DATE_WORD.fullmatch(text.strip())
        if match is None:
            return None
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["m"][:3]))
        told = int(match["y"].strip(" ,")) if match["y"] else year
        return date(told, month, int(match["d1"] or match["d2"] or 0))
    except (ValueError, StopIteration):
        return None


def _value(said: str) -> tuple[float, int]:
    plain = said.replace(" ", "").replace("\u202f", "").replace("'", "")
    last = max(plain.rfind("."), plain.rfind(","))
    decimals = len(plain) - last - 1 if last >= 0 else 0
    if decimals in (1, 2):
        whole = plain[:last].replace(".", "").replace(",", "")
        return float(f"{whole or 0}.{plain[last + 1 :]}"), decimals
    return float(plain.replace(".", "").replace(",", "")), 0


def _rounded(value: float, decimals: int) -> float:
    if value <= 0:
        return value
    figures = 2 - floor(log10(value))
    return max(round(value, min(figures, decimals) if figures > 0 else figures), 10.0**-decimals)


def _written(value: float, decimals: int, like: str) -> str:
    text = f"{value:,.{decimals}f}"
    tail = like[-decimals - 1] if decimals else ""
    groups = next((sign for sign in (",", ".", "'", "\u202f", " ") if sign in like and sign != tail), "")
    swapped = {",": groups, ".": tail}
    return "".join(swapped.get(sign, sign) for sign in text)
