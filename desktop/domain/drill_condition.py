"""Conditions of injects: structured, so that they can be drawn, proven and never executed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

DEEPEST = 4


class Truth(Enum):
    """Whether a condition holds now, may hold later, or never will any more."""

    HOLDS = "holds"
    OPEN = "open"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Is:
    """What a decision, an expectation or an inject (`kind`) has come to is one of these words."""

    kind: str
    ref: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elapsed:
    """So much of the drill has passed, and not more."""

    least_s: int = 0
    most_s: int | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: "Condition"


Condition = Is | Elapsed | All | AnyOf | Not

#: Tells of a kind and an id the word it has come to, and whether that is its last word.
Asked = Callable[[str, str], tuple[str, bool]]
#: Whether something can still come to a word.
Possible = Callable[[str, str, str], bool]


def truth(condition: Condition, sim_s: int, asked: Asked, possible: Possible) -> Truth:
    """Whether a condition holds at a time of the drill, or can still come to hold."""
    if isinstance(condition, Is):
        return _truth_of(condition, asked, possible)
    if isinstance(condition, Elapsed):
        if condition.most_s is not None and sim_s > condition.most_s:
            return Truth.NEVER
        return Truth.HOLDS if sim_s >= condition.least_s else Truth.OPEN
    if isinstance(condition, Not):
        return _truth_of_contrary(condition.part, sim_s, asked, possible)
    found = [truth(part, sim_s, asked, possible) for part in condition.parts]
    if isinstance(condition, All):
        if Truth.NEVER in found:
            return Truth.NEVER
        return Truth.HOLDS if all(each is Truth.HOLDS for each in found) else Truth.OPEN
    if Truth.HOLDS in found:
        return Truth.HOLDS
    return Truth.NEVER if all(each is Truth.NEVER for each in found) else Truth.OPEN


def _truth_of(condition: Is, asked: Asked, possible: Possible) -> Truth:
    word, is_final = asked(condition.kind, condition.ref)
    if word in condition.words:
        return Truth.HOLDS
    if is_final or not any(possible(condition.kind, condition.ref, each) for each in condition.words):
        return Truth.NEVER
    return Truth.OPEN


def _truth_of_contrary(part: Condition, sim_s: int, asked: Asked, possible: Possible) -> Truth:
    if isinstance(part, Is):
        word, is_final = asked(part.kind, part.ref)
        if word not in part.words:
            return Truth.HOLDS
        return Truth.NEVER if is_final else Truth.OPEN
    if isinstance(part, Elapsed):
        if sim_s < part.least_s or (part.most_s is not None and sim_s > part.most_s):
            return Truth.HOLDS
        return Truth.NEVER if part.most_s is None else Truth.OPEN
    if isinstance(part, Not):
        return truth(part.part, sim_s, asked, possible)
    turned = tuple(Not(each) for each in part.parts)
    contrary: Condition = AnyOf(turned) if isinstance(part, All) else All(turned)
    return truth(contrary, sim_s, asked, possible)


def parts_of(condition: Condition) -> Iterator[Condition]:
    """A condition and everything within it."""
    yield condition
    if isinstance(condition, Not):
        yield from parts_of(condition.part)
    elif isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from parts_of(part)


def depth(condition: Condition) -> int:
    """How deep all, any and not are nested; a plain condition has none."""
    if isinstance(condition, Not):
        return 1 + depth(condition.part)
    if isinstance(condition, All | AnyOf):
        return 1 + max((depth(part) for part in condition.parts), default=0)
    return 0


def words(condition: Condition) -> str:
    """A condition as people read it: "D1 is stop or silent, and not: E04 is met"."""
    if isinstance(condition, Is):
        return f"{condition.ref} is {' or '.join(condition.words)}"
    if isinstance(condition, Elapsed):
        least = f"after {condition.least_s // 60} min" if condition.least_s else ""
        most = f"until {condition.most_s // 60} min" if condition.most_s is not None else ""
        return " and ".join(part for part in (least, most) if part) or "at any time"
    if isinstance(condition, Not):
        return f"not ({words(condition.part)})"
    joint = ", and " if isinstance(condition, All) else ", or "
    return joint.join(
        f"({words(part)})" if isinstance(part, All | AnyOf) else words(part) for part in condition.parts
    )
