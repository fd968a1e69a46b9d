"""What a playbook lacks before it can be kept, reviewed or published, one sentence for each fault."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from desktop.domain.errors import DeskError
from desktop.domain.message import Stage
from desktop.domain.playbook import Content, Step, StepKind

#: The longest that the parts of a playbook may be, in letters.
LONGEST_TITLE = 160
LONGEST_TEXT = 20_000
MOST_ENTRIES = 200
MOST_STEPS = 100

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 60
_OTHER = re.compile(r"[^a-z0-9]+")
_STAGES = frozenset(Stage)
_WANTED = {
    "title": "The playbook has no title.",
    "purpose": "Say in a sentence what the playbook is for.",
    "owner": "Name who keeps the playbook true.",
    "entry": "Say when to use the playbook: at least one entry criterion.",
    "exit": "Say when the playbook is done: at least one exit criterion.",
    "steps": "The playbook has no steps.",
}


class Fault(NamedTuple):
    """Something to put right, and the path of the field it is in (`steps[2].text`)."""

    field: str
    message: str


def slug_of(text: str, taken: AbstractSet[str] = frozenset(), otherwise: str = "playbook") -> str:
    """A short name made of a text, of letters, digits and dashes, that is not taken."""
    import unicodedata  # only for making new ones

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    begin = _OTHER.sub("-", plain).strip("-")[: _LONGEST_ID - 5].strip("-") or otherwise
    slug, n = begin, 2
    while slug in taken:
        slug, n = f"{begin}-{n}", n + 1
    return slug


def is_id(text: str) -> bool:
    """Whether a text can be the id of a step or decision, or the short name of a playbook."""
    return len(text) <= _LONGEST_ID and _ID.fullmatch(text) is not None


def faults_to_keep(content: Content) -> tuple[Fault, ...]:
    """What hinders keeping a draft: no more than what would make the difference of versions meaningless."""
    return (
        *_ids("steps", [step.id for step in content.steps]),
        *_ids("decisions", [decision.id for decision in content.decisions]),
        *_sizes(content),
    )


def faults_to_publish(content: Content) -> tuple[Fault, ...]:
    """What hinders publishing, in the order of the form."""
    found = list(faults_to_keep(content))
    found += [Fault(key, message) for key, message in _WANTED.items() if not getattr(content, key)]
    if content.valid_from and content.valid_until and content.valid_until < content.valid_from:
        found.append(Fault("valid_until", "It ends to be valid before it begins."))
    decided = frozenset(decision.id for decision in content.decisions)
    for i, step in enumerate(content.steps):
        found.extend(_step_faults(i, step, decided))
    for i, decision in enumerate(content.decisions):
        if not decision.what or not decision.who:
            found.append(Fault(f"decisions[{i}]", f"Decision {i + 1}: say what is decided and who decides."))
    return tuple(found)


def check(faults: Sequence[Fault]) -> None:
    """Let pass what has no faults.

    Raises: DeskError with the first, and how many more there are.
    """
    if faults:
        more = f"{len(faults) - 1} more to put right after this." if len(faults) > 1 else ""
        raise DeskError(faults[0].message, field=faults[0].field, hint=more)


def unknown_tags(content: Content, known: Mapping[str, AbstractSet[str]]) -> tuple[str, ...]:
    """Keys of the four axes that the policy does not know (any more)."""
    return tuple(
        key for axis, keys in known.items() for key in getattr(content.tags, axis) if key not in keys
    )


def _step_faults(i: int, step: Step, decided: AbstractSet[str]) -> Iterable[Fault]:
    if not step.text:
        yield Fault(f"steps[{i}].text", f"Step {i + 1} does not say what to do.")
    if step.kind is StepKind.DECIDE and step.decision and step.decision not in decided:
        yield Fault(
            f"steps[{i}].decision", f"Step {i + 1} takes the decision “{step.decision}”, which is not listed."
        )
    if step.stage and step.stage not in _STAGES:
        yield Fault(f"steps[{i}].stage", f"Step {i + 1} sends “{step.stage}”, which is no kind of message.")


def _ids(part: str, ids: Sequence[str]) -> tuple[Fault, ...]:
    found = []
    for i, one in enumerate(ids):
        if not is_id(one):
            found.append(
                Fault(f"{part}[{i}].id", f"“{one[:70]}” is no id: use a-z, 0-9 and dashes, 60 at most.")
            )
        elif one in ids[:i]:
            found.append(Fault(f"{part}[{i}].id", f"The id “{one}” is there twice."))
    return tuple(found)


def _sizes(content: Content) -> tuple[Fault, ...]:
    found = []
    if len(content.title) > LONGEST_TITLE:
        found.append(Fault("title", f"The title is too long: {LONGEST_TITLE} letters at most."))
    if len(content.steps) > MOST_STEPS:
        found.append(Fault("steps", f"{len(content.steps)} steps are too many: {MOST_STEPS} at most."))
    for key in ("entry", "exit", "do_not", "decisions", "templates", "examples", "reviewers"):
        if len(getattr(content, key)) > MOST_ENTRIES:
            found.append(Fault(key, f"There are too many entries: {MOST_ENTRIES} at most."))
    texts = [("purpose", content.purpose)]
    texts += [(f"steps[{i}].text", step.text) for i, step in enumerate(content.steps)]
    for key in ("entry", "exit", "do_not"):
        texts += [(key, line) for line in getattr(content, key)]
    found += [
        Fault(path, f"The text is too long: {LONGEST_TEXT:,} letters at most.")
        for path, text in texts
        if len(text) > LONGEST_TEXT
    ]
    return tuple(found)
