"""A version of a playbook as one Markdown file with a head of names and values, and back without a loss."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

import yaml

from desktop.domain.errors import DeskError
from desktop.domain.playbook import Content, Tags
from desktop.domain.playbook_check import is_id
from desktop.domain.playbook_markdown import body_text
from desktop.domain.playbook_markdown_read import fault, read_body
from desktop.services.yaml_text import read_yaml

FORMAT = "escalation-desk-playbook/1"
_FENCE = "---"
_AXES = ("areas", "types", "tiers", "levels")
_WORDS = ("slug", "change_note", "author", "approved_by", "derived_from")
_KNOWN = (
    "format",
    "slug",
    "version",
    *_WORDS[1:],
    "approved_at",
    "owner",
    "reviewers",
    "evergreen_days",
    "valid_from",
    "valid_until",
    "templates",
    *_AXES,
)
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_FORMAT_LINE = re.compile(r"""format[ ]*:[ ]*["']?escalation-desk-playbook/""")
_MOST_NUMBER = 99_999
_MOST_DAYS = 3_650
_DAYS = Content("").evergreen_days
_LONGEST = 1_000_000


class Meta(Protocol):
    """What a version is called and where it comes from."""

    @property
    def slug(self) -> str:
        """The playbook's short name."""
        ...

    @property
    def number(self) -> int:
        """Of the version; 0 for what has none yet."""
        ...

    @property
    def change_note(self) -> str:
        """Why it is another than the one before."""
        ...

    @property
    def author(self) -> str:
        """Who wrote it."""
        ...

    @property
    def approved_by(self) -> str:
        """Who published it."""
        ...

    @property
    def approved_at(self) -> datetime | None:
        """When."""
        ...

    @property
    def derived_from(self) -> str:
        """What it is a copy of."""
        ...


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file as read; `number` is 0 and `approved_at` None for what was never published."""

    slug: str
    number: int
    content: Content
    change_note: str = ""
    author: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None
    derived_from: str = ""


def is_playbook(text: str) -> bool:
    """Whether a Markdown file claims to be a playbook, however damaged; a README is none."""
    lines = text[:4_000].removeprefix("\ufeff").replace("\r", "").split("\n")
    return lines[0].rstrip() == _FENCE and any(_FORMAT_LINE.match(line) for line in lines[1:])


def to_text(meta: Meta, content: Content) -> str:
    """The file of a version; what is empty is left out of its head."""
    approved_at = None if meta.approved_at is None else meta.approved_at.astimezone(UTC)
    tags = {axis: list(getattr(content.tags, axis)) for axis in _AXES}
    head: dict[str, Any] = {
        "format": FORMAT,
        "slug": meta.slug,
        "version": meta.number or None,
        "change_note": meta.change_note,
        "author": meta.author,
        "approved_by": meta.approved_by,
        "approved_at": None if approved_at is None else approved_at.isoformat().replace("+00:00", "Z"),
        "derived_from": meta.derived_from,
        **tags,
        "owner": content.owner,
        "reviewers": list(content.reviewers),
        "evergreen_days": content.evergreen_days,
        "valid_from": None if content.valid_from is None else content.valid_from.isoformat(),
        "valid_until": None if content.valid_until is None else content.valid_until.isoformat(),
        "templates": list(content.templates),
    }
    kept = {name: value for name, value in head.items() if value not in (None, "", [])}
    return f"{_FENCE}\n{_written(kept)}{_FENCE}\n\n{body_text(content)}"


def from_text(text: str) -> Parsed:
    """What a file says.

    Raises: DeskError naming the line.
    """
    if len(text) > _LONGEST:
        raise DeskError(f"The file is longer than {_LONGEST:,} characters.", hint="Is it the right one?")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != _FENCE:
        raise fault(1, "the head is missing.", "Begin with a line of three dashes.")
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == _FENCE), 0)
    if not end:
        raise fault(1, "the head has no end.", "End it with a line of three dashes.")
    head = _Head(lines[1:end])
    body = read_body(lines[end + 1 :], end + 2)
    content = Content(
        **body,  # type: ignore[arg-type] # each under the name of its field
        tags=Tags(*(head.words(axis) for axis in _AXES)),
        owner=head.word("owner"),
        reviewers=head.words("reviewers"),
        evergreen_days=head.whole("evergreen_days", 0, _MOST_DAYS, _DAYS),
        valid_from=head.day("valid_from"),
        valid_until=head.day("valid_until"),
        templates=head.words("templates"),
    )
    words = {name: head.word(name) for name in _WORDS}
    return Parsed(
        **words,
        number=head.whole("version", 1, _MOST_NUMBER, 0),
        approved_at=head.instant("approved_at"),
        content=content,
    )


class _Writer(_Dumper):  # type: ignore[misc] # its base is chosen while running
    """One name to a line, lists in brackets, signs that are not seen behind a backslash."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:  # noqa: ANN401
        return super().represent_sequence(tag, sequence, flow_style=True)

    def represent_scalar(self, tag: str, value: str, style: str | None = None) -> Any:  # noqa: ANN401
        is_odd = _ODD.search(value) is not None
        return super().represent_scalar(tag, value, style='"' if is_odd else style)


def _written(head: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        head, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=110, default_flow_style=False
    )
    return text


class _Head:
    """Names and values between the dashes; they begin on the second line of the file."""

    def __init__(self, lines: list[str]) -> None:
        # An empty first line stands for the dashes: faults of the YAML name the line of the file.
        found = read_yaml("\n".join(["", *lines])) if any(map(str.strip, lines)) else {}
        self._lines = lines
        if not isinstance(found, Mapping):
            raise fault(2, "the head holds no names with values.", "Write lines like “slug: charged-twice”.")
        self._values = found
        for name in found:
            if name not in _KNOWN:
                raise self._fault(name, "is not known", f"Known are {', '.join(_KNOWN)}.")
        if found.get("format") != FORMAT:
            raise self._fault("format", f"is not {FORMAT}", "It may be from a newer version of the program.")
        slug = self.word("slug")
        if not is_id(slug):
            raise self._fault("slug", "is no short name", "Use letters a to z, digits and single dashes.")

    def word(self, name: str) -> str:
        value = self._values.get(name)
        if value is None:
            return ""
        if isinstance(value, (bool, list, Mapping)):
            raise self._fault(name, "is not text", "Put it in quotes.")
        return str(value)

    def words(self, name: str) -> tuple[str, ...]:
        value = self._values.get(name)
        if value is None:
            return ()
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise self._fault(name, "is no list of words", "Write it as [one, two].")
        return tuple(listed)

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        value = self._values.get(name)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._fault(name, f"is not a whole number from {least} to {most}")
        return value

    def day(self, name: str) -> date | None:
        text = self.word(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise self._fault(name, "is no date", "Write it as 2026-03-31.") from None

    def instant(self, name: str) -> datetime | None:
        text = self.word(name)
        try:
            found = datetime.fromisoformat(text) if text else None
            if found is not None and found.tzinfo is None:
                raise ValueError
            return None if found is None else found.astimezone(UTC)
        except (ValueError, OverflowError):
            hint = "Write it with its zone, as 2026-03-31T14:05:00Z."
            raise self._fault(name, "is no time", hint) from None

    def _fault(self, name: str, message: str, hint: str = "") -> DeskError:
        start = re.compile(rf"""["']?{re.escape(name)}["']?\s*:""")
        line = next((at for at, text in enumerate(self._lines, 2) if start.match(text)), 1)
        if name not in self._values:
            return fault(line, f"{name} is missing.", hint)
        return fault(line, f"{name} {message}.", hint)
