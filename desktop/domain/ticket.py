"""One ticket of another system, read from a row of a table by a mapping, or refused with a reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zlib import crc32

from desktop.domain.customer import checked_name
from desktop.domain.errors import DeskError
from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.policy import Policy
from desktop.domain.ticket_dates import has_zone, reader, tolerance, zone_of
from desktop.domain.ticket_field import BY_KEY, DATES
from desktop.domain.ticket_mapping import TicketMapping, translated
from desktop.domain.ticket_template import bind_first, column_key
from desktop.domain.wording import clean, one_line

#: Longer titles are cut; the whole of it then begins the description.
LONGEST_TITLE = 250


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a row says; texts are clean, instants in UTC and None where the row has none.

    `prints` are short fingerprints of what each mapped field said, by which a later file shows what is new.
    """

    reference: str
    title: str
    customer: str
    opened_at: datetime
    state: State = State.NEW
    description: str = ""
    severity: int | None = None
    business_impact: int | None = None
    reputational_risk: int | None = None
    assigned_at: datetime | None = None
    acknowledged_at: datetime | None = None
    contained_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    owner: str = ""
    team: str = ""
    reporter: str = ""
    source: str = ""
    area: str = ""
    issue_type: str = ""
    tier: str = ""
    region: str = ""
    made_sla: bool | None = None
    prints: Mapping[str, str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN_STATES


class TicketReader:
    """Reads the rows of one table."""

    def __init__(self, mapping: TicketMapping, columns: Sequence[str], policy: Policy, now: datetime) -> None:
        """Raises: DeskError when a required field has no column, or the zone is unknown."""
        self._mapping = mapping
        self._policy = policy
        self._latest = now + tolerance()
        self._width = len(columns)
        self._empty = mapping.empty | {""}
        index = index_of(columns)
        if unmapped := mapping.unmapped(index):
            words = ", ".join(BY_KEY[key].words for key in unmapped)
            raise DeskError(
                f"The file has no column for: {words}.",
                field=unmapped[0],
                hint="Choose the columns for them.",
            )
        zone = zone_of(mapping.zone) if mapping.zone else None
        self._date = reader(mapping.dates, zone)
        self._fields: list[tuple[str, Callable[[Sequence[str]], str]]] = []
        for key in mapping.rules:
            if templates := mapping.sources_of(key, index):
                self._fields.append((key, bind_first(templates, index)))

    def read(self, cells: Sequence[str]) -> Ticket:
        """The ticket of a row.

        Raises: DeskError saying why not, with the field concerned.
        """
        values = self._values(self._even(cells))
        prints = {key: print_of(value) for key, value in values.items()}
        title, description = _cut(values.get("title", ""), values.get("description", ""))
        ticket = Ticket(
            reference=_wanted("reference", one_line(values.get("reference", ""))),
            title=_wanted("title", title),
            customer=_customer(values.get("customer", "")),
            opened_at=self._opened_at(values),
            state=State(self._choice("state", values) or State.NEW),
            description=description,
            severity=self._number("severity", values),
            business_impact=self._number("business_impact", values),
            reputational_risk=self._number("reputational_risk", values),
            assigned_at=self._instant("assigned_at", values),
            acknowledged_at=self._instant("acknowledged_at", values),
            contained_at=self._instant("contained_at", values),
            resolved_at=self._instant("resolved_at", values),
            closed_at=self._instant("closed_at", values),
            owner=self._text("owner", values),
            team=self._text("team", values),
            reporter=self._text("reporter", values),
            source=self._text("source", values),
            region=self._text("region", values),
            area=self._area(self._text("area", values)),
            issue_type=self._issue_type(self._text("issue_type", values)),
            tier=self._tier(self._text("tier", values)),
            made_sla=self._yes("made_sla", values),
            prints=prints,
        )
        _check_order(ticket)
        return ticket

    def sample(self, cells: Sequence[str]) -> dict[str, str]:
        """What each mapped field says in a row, before it is translated."""
        return self._values(self._even(cells))

    def words(self, key: str, cells: Sequence[str]) -> str:
        """What one field says in a row; empty when it is not mapped."""
        return self.sample(cells).get(key, "")

    def _even(self, cells: Sequence[str]) -> list[str]:
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            raise DeskError(
                f"The row has {len(cells)} cells, the header {self._width}.",
                hint="A text with the separator in it may lack its quotation marks.",
            )
        empty = self._empty
        even = [("" if cell.strip().casefold() in empty else cell) for cell in cells[: self._width]]
        return even + [""] * (self._width - len(even))

    def _values(self, cells: Sequence[str]) -> dict[str, str]:
        return {key: made(cells) for key, made in self._fields}

    def _text(self, key: str, values: Mapping[str, str]) -> str:
        text = one_line(values.get(key, ""))
        return self._mapping.rules[key].values.get(text.casefold(), text) if text else ""

    def _choice(self, key: str, values: Mapping[str, str]) -> str:
        word = one_line(values.get(key, ""))
        rule = self._mapping.rules.get(key)
        if rule is None or not (word or rule.otherwise):
            return ""
        found = translated(key, rule, word)
        if found is None:
            raise DeskError(
                f"{BY_KEY[key].words}: nothing says what “{word[:60]}” stands for.",
                field=key,
                hint="Translate that word, or say what any other word stands for.",
            )
        return found

    def _number(self, key: str, values: Mapping[str, str]) -> int | None:
        found = self._choice(key, values)
        return int(found) if found else None

    def _yes(self, key: str, values: Mapping[str, str]) -> bool | None:
        found = self._choice(key, values)
        return found == "yes" if found else None

    def _instant(self, key: str, values: Mapping[str, str]) -> datetime | None:
        text = values.get(key, "").strip()
        if not text:
            return None
        try:
            return self._date(text)
        except DeskError as error:
            raise DeskError(f"{BY_KEY[key].words}: {error.message}", field=key, hint=error.hint) from error

    def _opened_at(self, values: Mapping[str, str]) -> datetime:
        opened_at = self._instant("opened_at", values)
        if opened_at is None:
            raise DeskError("There is no date on which it was opened.", field="opened_at")
        if opened_at > self._latest:
            raise DeskError(
                "It was opened in the future.", field="opened_at", hint="Check the zone and the form."
            )
        return opened_at

    def _area(self, word: str) -> str:
        return _key_of("area", word, {area.key: area.name for area in self._policy.areas}) if word else ""

    def _issue_type(self, word: str) -> str:
        types = (
            {kind.key: kind.name for area in self._policy.areas for kind in area.issue_types} if word else {}
        )
        return _key_of("issue_type", word, types) if word else ""

    def _tier(self, word: str) -> str:
        if not word:
            return ""
        tier = self._policy.tier(word)
        if tier is None:
            raise DeskError(f"The policy has no tier “{word[:60]}”.", field="tier")
        return tier.key


def index_of(columns: Sequence[str]) -> dict[str, int]:
    """The place of each column by its folded name; of two alike the first."""
    index: dict[str, int] = {}
    for place, name in enumerate(columns):
        index.setdefault(column_key(name), place)
    return index


class Sampled(Protocol):
    """A table of which the first rows are known."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        ...

    @property
    def sample(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Its first rows with their numbers."""
        ...


def date_texts(table: Sampled, mapping: TicketMapping) -> list[str]:
    """The dates that stand in the first rows of a table, as they are written."""
    index, width, texts = index_of(table.columns), len(table.columns), list[str]()
    for key in DATES:
        if templates := mapping.sources_of(key, index):
            made = bind_first(templates, index)
            texts += [made([*cells, *[""] * width][:width]).strip() for _, cells in table.sample]
    return [text for text in texts if text and text.casefold() not in mapping.empty]


def says_its_zone(table: Sampled, mapping: TicketMapping) -> bool:
    """Whether every date in the first rows of a table says its own zone."""
    return has_zone(date_texts(table, mapping), mapping.dates)


def print_of(value: str) -> str:
    """A short fingerprint of what a field said."""
    return f"{crc32(value.encode('utf-8', 'surrogatepass')):08x}"


def _wanted(key: str, text: str) -> str:
    if not text:
        raise DeskError(f"{BY_KEY[key].words} is empty.", field=key)
    return text


def _customer(name: str) -> str:
    _wanted("customer", name.strip())
    return checked_name(name)


def _cut(title: str, description: str) -> tuple[str, str]:
    kept, text = one_line(title), clean(description)
    if len(kept) <= LONGEST_TITLE:
        return kept, text
    return kept[: LONGEST_TITLE - 1] + "…", f"{kept}\n\n{text}".strip()


def _key_of(key: str, word: str, names: Mapping[str, str]) -> str:
    folded = word.casefold()
    for own, name in names.items():
        if folded in (own.casefold(), name.casefold()):
            return own
    raise DeskError(
        f"The policy has no {BY_KEY[key].words.lower()} “{word[:60]}”.",
        field=key,
        hint="Translate that word into one of the policy's, or leave the field out.",
    )


def _check_order(ticket: Ticket) -> None:
    if ticket.is_open:
        return
    for key in ("resolved_at", "closed_at"):
        at = getattr(ticket, key)
        if at is not None and at < ticket.opened_at:
            raise DeskError(f"{BY_KEY[key].words}: that was before it was opened.", field=key)
