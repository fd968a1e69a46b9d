"""Lists of injects (MSEL) as practitioners keep them: columns, the dialects met, and which column is what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Our own heading: the first sixteen are common to the field, so that files travel both ways.
HEADER = (
    "Inject #", "Title", "Description", "Scheduled Time", "Scenario Day", "Scenario Time", "From / Source",
    "To / Target", "Delivery Method", "Track", "Phase", "Expected Action", "Notes", "Priority", "Location",
    "Responsible Controller", "Inject Type", "Trigger", "Condition", "Deadline", "Competence", "Critical",
    "Objectives",
)  # fmt: skip

#: What a list of what was played has besides.
CONDUCT = ("Status", "Fired At", "Fired By", "Skip Reason", "Result", "Score", "Evidence")

#: What a column can be, with the names it goes by; where two columns claim one, the earlier name wins.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "inject #", "inject no", "inject no.", "inject number", "inj #", "#", "no", "no.", "number", "id",
        "seq no",
        "serial", "msel number", "msel #", "control number", "event #",
    ),
    "title": (
        "title", "title/name", "inject title", "subject", "name", "inject name", "event title", "inject",
        "event",
    ),
    "body": (
        "description", "desc", "inject description", "description/script", "message", "content", "script",
        "narrative", "text", "detailed statement", "event description", "details", "summary",
    ),
    "at": (
        "scheduled time", "delivery time", "time", "event time", "inject dtg", "dtg", "date time",
        "date/time delivered", "timeline", "wall time", "actual dtg",
    ),
    "day": ("scenario day", "day", "sim day", "exercise day"),
    "story": ("scenario time", "story time", "storytime", "sim time", "exercise time"),
    "from": (
        "from / source", "from", "source", "sender", "sent by", "initiated by", "originator (from)",
        "originator",
        "from org",
    ),
    "to": (
        "to / target", "to", "target", "recipient (to)", "recipient", "receiver", "send to", "sent to",
        "recipient player(s)", "intended player", "to org", "teams", "team",
    ),
    "channel": ("delivery method", "method", "means", "modality", "delivery", "inject mode", "channel"),
    "track": ("track", "lane", "thread", "storyline", "functional area", "area", "tab", "group"),
    "phase": ("phase", "move", "module"),
    "expected": (
        "expected action", "expected response", "expected outcome", "expected outcome of player action",
        "anticipated response", "response", "remarks/expected outcome", "expectation name",
    ),
    "notes": ("notes", "controller notes", "comments", "remarks", "special instructions",
    "evaluator comments"),
    "priority": ("priority", "importance"),
    "location": ("location", "venue", "place"),
    "controller": (
        "responsible controller", "controller", "assigned to", "owner", "injected by", "poc", "inject author",
    ),
    "type": ("inject type", "type", "inject category", "category", "event category"),
    "trigger": ("trigger", "trigger type", "activation", "fire mode"),
    "condition": ("condition", "trigger condition"),
    "deadline": ("deadline", "due", "respond by"),
    "competence": ("competence", "core capability", "capability"),
    "critical": ("critical",),
    "objectives": ("objectives", "objective"),
}  # fmt: skip

#: The headings of the dialects met in the field, by the name they are told under.
DIALECTS: Mapping[str, tuple[str, ...]] = {
    "own": HEADER,
    "Cadence": HEADER[:16],
    "Conducttr": (
        "Number", "Time", "From", "Faction", "To", "Team", "Method", "Subject", "Message",
        "Expected Action", "Tab",
    ),
    "OpenAEV": (
        "Action to be taken", "Timeline", "Teams", "Subject", "Content", "Comments",
        "Expectation Description",
        "Expectation Name", "Expectation Score", "Done/To do",
    ),
    "PreparedEx": (
        "Seq No", "Date/Time Delivered", "Inject Type", "Delivery Method", "Originator (From)",
        "Recipient (To)",
        "Inject description",
    ),
    "Blueprint": (
        "Control Number", "Description", "Status", "Time", "Move", "Group", "Exercise Date", "Type",
        "Delivery Method", "Title/Name", "From Org", "To Org", "Summary", "Source Type", "Source Name",
        "Card",
        "Url", "Date Posted",
    ),
    "short form": ("No.", "Inject", "Expected Outcome", "Evaluator Comments"),
    "HSEEP": (
        "Event #", "Event Time", "Event Description", "Responsible Controller", "Recipient Player(s)",
        "Expected Outcome of Player Action",
    ),
}  # fmt: skip

#: Columns that tell of a conduct or of nothing a scenario needs; they are left out without a word.
_CONDUCT = frozenset(
    (
        "status",
        "fired at",
        "fired by",
        "skip reason",
        "result",
        "score",
        "evidence",
        "done/to do",
        "expectation score",
    )
)
#: Where a dialect's own word means something else than the word alone.
_OF_DIALECT: Mapping[str, Mapping[str, str]] = {"OpenAEV": {"action to be taken": "channel"}}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what: target to position. `guessed` are those whose name only contains a known one.

    `kept` are columns nothing is known of; what stands in them goes into the notes.
    """

    dialect: str
    names: tuple[str, ...]
    at: Mapping[str, int]
    guessed: tuple[str, ...] = ()
    kept: tuple[int, ...] = ()


def plain(name: str) -> str:
    """A heading as it is compared: small letters, single spaces."""
    return " ".join(name.casefold().replace("\n", " ").split())


def recognise(header: Sequence[str], given: Mapping[str, str] | None = None) -> Columns:
    """Which column of a heading is what; `given` (target to heading) goes before everything."""
    names = [plain(name) for name in header]
    dialect = dialect_of(header)
    at = {target: names.index(plain(name)) for target, name in (given or {}).items() if plain(name) in names}
    for name, target in _OF_DIALECT.get(dialect, {}).items():
        if name in names and target not in at:
            at[target] = names.index(name)
    for target, known in SYNONYMS.items():
        found = next(
            (names.index(name) for name in known if name in names and names.index(name) not in at.values()),
            None,
        )
        if target not in at and found is not None:
            at[target] = found
    guessed = _guess(names, at)
    used = set(at.values())
    kept = tuple(i for i, name in enumerate(names) if name and i not in used and name not in _CONDUCT)
    return Columns(dialect, tuple(header), at, guessed, kept)


def dialect_of(header: Sequence[str]) -> str:
    """The dialect whose heading this is; "other" where it is none."""
    names = {plain(name) for name in header}
    shares = {
        dialect: sum(plain(name) in names for name in known) / len(known)
        for dialect, known in DIALECTS.items()
    }
    best = max(shares, key=lambda dialect: shares[dialect])
    return best if shares[best] >= 0.7 else "other"


def fits(header: Sequence[str]) -> int:
    """How much a row looks like a heading: the number of columns it names for sure."""
    names = {plain(cell) for cell in header if cell}
    targets = [target for target, known in SYNONYMS.items() if names & set(known)]
    is_heading = {"title", "body"} & set(targets)
    return len(targets) if is_heading and len(targets) >= 2 else 0


def _guess(names: Sequence[str], at: dict[str, int]) -> tuple[str, ...]:
    """Columns whose name contains a known one, the longest first; each is told to whoever imports."""
    guessed = []
    for target, known in SYNONYMS.items():
        if target in at:
            continue
        for word in sorted(known, key=len, reverse=True):
            place = next(
                (
                    i
                    for i, name in enumerate(names)
                    if len(word) > 3 and word in name and i not in at.values() and name not in _CONDUCT
                ),
                None,
            )
            if place is not None:
                at[target] = place
                guessed.append(target)
                break
    return tuple(guessed)
