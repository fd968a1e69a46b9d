"""Editing a condition as the tree it is drawn as; a path tells the part: positions from the top down."""

from dataclasses import replace

from desktop.domain.drill_condition import DEEPEST, All, AnyOf, Condition, Not, depth

Steps = tuple[int, ...]


def part_at(condition: Condition, path: Steps) -> Condition:
    """The part at a path."""
    for step in path:
        if isinstance(condition, Not):
            condition = condition.part
        elif isinstance(condition, All | AnyOf):
            condition = condition.parts[step]
    return condition


def with_part(condition: Condition, path: Steps, part: Condition | None) -> Condition | None:
    """The condition with another part at a path; None takes it out, and groups that it leaves empty."""
    if not path:
        return part
    step, rest = path[0], path[1:]
    if isinstance(condition, Not):
        inner = with_part(condition.part, rest, part)
        return Not(inner) if inner is not None else None
    if not isinstance(condition, All | AnyOf):
        return condition
    inner = with_part(condition.parts[step], rest, part)
    parts = [*condition.parts]
    parts[step : step + 1] = [inner] if inner is not None else []
    return replace(condition, parts=tuple(parts)) if parts else None


def joined(condition: Condition, path: Steps, part: Condition) -> Condition:
    """One more part in the group at a path; a part that is no group becomes one of both."""
    found = part_at(condition, path)
    group: Condition
    if isinstance(found, All | AnyOf):
        group = replace(found, parts=(*found.parts, part))
    else:
        group = All((found, part))
    return with_part(condition, path, group) or group


def wrapped(condition: Condition, path: Steps, form: str) -> Condition:
    """The part at a path within a group of its own: all, any or not."""
    found = part_at(condition, path)
    around: Condition = Not(found) if form == "not" else All((found,)) if form == "all" else AnyOf((found,))
    return with_part(condition, path, around) or around


def unwrapped(condition: Condition, path: Steps) -> Condition:
    """The only part of a group in its place, or what is denied instead of its denial."""
    found = part_at(condition, path)
    if isinstance(found, Not):
        inner = found.part
    elif isinstance(found, All | AnyOf) and len(found.parts) == 1:
        inner = found.parts[0]
    else:
        return condition
    return with_part(condition, path, inner) or inner


def turned(condition: Condition, path: Steps, form: str) -> Condition:
    """A group that asks for all of its parts or for any."""
    found = part_at(condition, path)
    if not isinstance(found, All | AnyOf):
        return condition
    group: Condition = All(found.parts) if form == "all" else AnyOf(found.parts)
    return with_part(condition, path, group) or group


def may_wrap(condition: Condition, path: Steps) -> bool:
    """Whether a group more around that part is not too deep."""
    return depth(wrapped(condition, path, "all")) <= DEEPEST


def may_join(condition: Condition, path: Steps) -> bool:
    """Whether another part can stand beside or in that part."""
    found = part_at(condition, path)
    return isinstance(found, All | AnyOf) or may_wrap(condition, path)
