"""What changed between two versions of a rule, in words."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from desktop.domain.rule import Mode, Rule
from desktop.domain.rule_action import Names, action_words
from desktop.domain.rule_words import condition_words


def difference(old: Rule, new: Rule, names: Names | None = None) -> tuple[str, ...]:
    """One sentence for every change, empty where the versions do the same.

    `names` say what people read for a value, by kind of action or field, and value.
    """
    lines = []
    if old.name != new.name:
        lines.append(f"Renamed from “{old.name}” to “{new.name}”")
    if old.order != new.order:
        lines.append(f"Moved from place {old.order} to place {new.order}")
    if old.enabled != new.enabled:
        lines.append("Switched on" if new.enabled else "Switched off")
    if old.mode != new.mode:
        lines.append("Acts now" if new.mode is Mode.ACT else "Only proposes now")
    if old.stop != new.stop:
        lines.append("Later rules are no longer tried" if new.stop else "Later rules are tried again")
    if old.conditions.join != new.conditions.join:
        lines.append(
            "All conditions must hold" if new.conditions.join == "all" else "Any condition is enough"
        )
    parts, actions = (_Said(condition_words, names), _Said(action_words, names))
    lines += _changes("Condition", parts, old.conditions.parts, new.conditions.parts)
    lines += _changes("Action", actions, old.actions, new.actions)
    if not lines and (old.conditions, old.actions) != (new.conditions, new.actions):
        lines.append("Written differently, means the same")
    return tuple(lines)


def _changes(what: str, said: "_Said", old: Sequence[Any], new: Sequence[Any]) -> list[str]:
    was, is_now = [*map(said.plain, old)], [*map(said.plain, new)]
    gone, come = Counter(was) - Counter(is_now), Counter(is_now) - Counter(was)
    removed = [
        f"{what} removed: {said.named(part)}" for part, words in zip(old, was, strict=True) if words in gone
    ]
    added = [
        f"{what} added: {said.named(part)}" for part, words in zip(new, is_now, strict=True) if words in come
    ]
    if not removed and not added and was != is_now:
        return [f"{what}s in another order"]
    return [*dict.fromkeys(removed), *dict.fromkeys(added)]


class _Said:
    """Says parts of a rule by what they hold, which tells them apart, or by the names people read."""

    def __init__(self, words: Callable[..., str], names: Names | None) -> None:
        self._words = words
        self._names = names

    def plain(self, part: object) -> str:
        """With numbers and keys: two people may have one name."""
        return self._words(part)

    def named(self, part: object) -> str:
        """With names."""
        return self._words(part, self._names)
