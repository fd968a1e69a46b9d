"""What changed between two versions of a rule, in words."""

from collections import Counter

from desktop.domain.rule import Mode, Rule
from desktop.domain.rule_action import action_words
from desktop.domain.rule_words import condition_words


def difference(old: Rule, new: Rule) -> tuple[str, ...]:
    """One sentence for every change, empty where the versions do the same."""
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
    lines += _changes(
        "Condition",
        [condition_words(part) for part in old.conditions.parts],
        [condition_words(part) for part in new.conditions.parts],
    )
    lines += _changes("Action", [*map(action_words, old.actions)], [*map(action_words, new.actions)])
    if not lines and (old.conditions, old.actions) != (new.conditions, new.actions):
        lines.append("Written differently, means the same")
    return tuple(lines)


def _changes(what: str, old: list[str], new: list[str]) -> list[str]:
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    removed = [f"{what} removed: {words}" for words in old if words in gone]
    added = [f"{what} added: {words}" for words in new if words in come]
    if not removed and not added and old != new:
        return [f"{what}s in another order"]
    return [*dict.fromkeys(removed), *dict.fromkeys(added)]
