"""Which injects of a scenario can ever be fired, and what those that cannot are waiting for."""

from collections.abc import Iterator
from itertools import product

from desktop.domain.drill_condition import Condition, Elapsed, Is, Truth, parts_of, truth
from desktop.domain.drill_node import Fault, Path, nearest
from desktop.domain.drill_scenario import Inject, Scenario
from desktop.domain.drill_words import Status

#: What an inject can come to, as conditions name it.
INJECT_WORDS = ("fired", "skipped", "recalled")
_DONE = (Status.MET.value, Status.LATE.value, Status.MISSED.value)
_KEPT = (Status.CLEAN.value, Status.VIOLATED.value)
_MOST_CASES = 20_000


def check(scenario: Scenario) -> Iterator[Fault]:
    """References of conditions and times, and injects that no course of the drill can reach."""
    known = _Known(scenario)
    is_sound = True
    for i, inject in enumerate(scenario.injects):
        for fault in _references(inject, known, ("injects", i)):
            is_sound = False
            yield fault
    if not is_sound:
        return
    reached = _reached(scenario, known)
    for i, inject in enumerate(scenario.injects):
        if inject.id not in reached:
            yield Fault(("injects", i), f"{inject.id} can never be reached.", _why(inject, known, reached))


class _Known:
    """What conditions may name, and the words each thing can come to."""

    def __init__(self, scenario: Scenario) -> None:
        self.words: dict[tuple[str, str], tuple[str, ...]] = {}
        self.home: dict[tuple[str, str], str] = {}
        for inject in scenario.injects:
            self._add("inject", inject.id, INJECT_WORDS, inject)
            if inject.decision is not None:
                options = tuple(option.id for option in inject.decision.options)
                self._add("decision", inject.decision.id, options, inject)
            for one in inject.expect:
                self._add("expectation", one.id, _KEPT if one.negative else _DONE, inject)

    def _add(self, kind: str, ref: str, words: tuple[str, ...], inject: Inject) -> None:
        self.words[kind, ref] = words
        self.home[kind, ref] = inject.id

    def ids(self, kind: str) -> list[str]:
        return [ref for each, ref in self.words if each == kind]


def _references(inject: Inject, known: _Known, at: Path) -> Iterator[Fault]:
    if inject.after is not None:
        yield from _reference(inject.after.kind, inject.after.ref, known, (*at, "after", inject.after.kind))
    if inject.when is None:
        return
    for part in parts_of(inject.when):
        if not isinstance(part, Is):
            continue
        found = list(_reference(part.kind, part.ref, known, (*at, "when")))
        yield from found
        for word in part.words if not found else ():
            words = known.words[part.kind, part.ref]
            if word not in words:
                near = nearest(word, words)
                hint = f"Did you mean “{near}”?" if near else f"It can be {', '.join(words)}."
                yield Fault((*at, "when"), f"{part.ref} can never be “{word}”.", hint)


def _reference(kind: str, ref: str, known: _Known, path: Path) -> Iterator[Fault]:
    if (kind, ref) not in known.words:
        near = nearest(ref, known.ids(kind))
        hint = f"Did you mean “{near}”?" if near else f"There are {', '.join(known.ids(kind)) or 'none'}."
        yield Fault(path, f"there is no {kind} “{ref}”.", hint)


def _reached(scenario: Scenario, known: _Known) -> set[str]:
    reached: set[str] = set()
    while True:
        more = {
            inject.id
            for inject in scenario.injects
            if inject.id not in reached and _can_come(inject, known, reached, scenario.pace.duration_s)
        }
        if not more:
            return reached
        reached |= more


def _can_come(inject: Inject, known: _Known, reached: set[str], duration_s: int) -> bool:
    if inject.after is not None and known.home[inject.after.kind, inject.after.ref] not in reached:
        return False
    return inject.when is None or _can_hold(inject.when, inject, known, reached, duration_s)


def _can_hold(when: Condition, inject: Inject, known: _Known, reached: set[str], duration_s: int) -> bool:
    """Whether any course of the drill makes a condition true: every combination is tried."""
    subjects = list(dict.fromkeys((part.kind, part.ref) for part in parts_of(when) if isinstance(part, Is)))
    cases: list[tuple[str, ...]] = [
        ("", *known.words[subject]) if known.home[subject] in reached else ("",) for subject in subjects
    ]
    begin_s = max(inject.at_s or 0, 0)
    edges = {begin_s, duration_s}
    for part in parts_of(when):
        if isinstance(part, Elapsed):
            edges |= {part.least_s, begin_s if part.most_s is None else part.most_s + 1}
    instants = sorted(edge for edge in edges if begin_s <= edge <= max(duration_s, begin_s))
    for tried, words in enumerate(product(*cases)):
        if tried > _MOST_CASES:
            return True  # too many to prove the contrary
        came = dict(zip(subjects, words, strict=True))

        def asked(kind: str, ref: str, came: dict[tuple[str, str], str] = came) -> tuple[str, bool]:
            return came[kind, ref], True

        if any(truth(when, at, asked, _nothing_more) is Truth.HOLDS for at in instants):
            return True
    return False


def _nothing_more(kind: str, ref: str, word: str) -> bool:
    return False


def _why(inject: Inject, known: _Known, reached: set[str]) -> str:
    if inject.after is not None and known.home[inject.after.kind, inject.after.ref] not in reached:
        return f"It waits for {inject.after.ref}, which is never reached itself."
    return "No course of the drill makes its condition true: look at what it asks together."
