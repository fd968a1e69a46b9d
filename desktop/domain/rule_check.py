"""Conditions as functions: whether they hold of some facts, and the sentences that say why."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.domain.facts import MISSING, Facts
from desktop.domain.rule_field import field_of
from desktop.domain.rule_operator import (
    Test,
    folded,
    is_number,
    is_numeric,
    number_of,
    operator_of,
    trial_of,
)
from desktop.domain.rule_value import Condition, Conditions
from desktop.domain.rule_words import LONGEST_SHOWN, condition_words, found_words, shows_place


class Asked(dict[str, object]):
    """What facts say of each field, asked once; null and blank text are MISSING.

    `texts` and `numbers` are the same ready for tests: the folded texts and the numbers of each field, one
    for each item of a list. `found` is what sentences say of a field, `found_whole` the same for conditions
    that show a place in a long text; empty where each condition shows something else of it.
    """

    __slots__ = ("facts", "found", "found_whole", "numbers", "texts")

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.facts = facts
        self.found = _Found(self, is_whole=False)
        self.found_whole = _Found(self, is_whole=True)
        self.texts = _Texts(self)
        self.numbers = _Numbers(self)

    def __missing__(self, field: str) -> object:
        value = self.facts.get(field)
        is_blank = value is None or (isinstance(value, str) and not value.strip())
        self[field] = MISSING if is_blank else value
        return self[field]


class _Texts(dict[str, tuple[str, ...]]):
    """The folded texts of each field; empty where it is missing."""

    __slots__ = ("_asked",)

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked = asked

    def __missing__(self, field: str) -> tuple[str, ...]:
        self[field] = tuple(folded(plain(item)) for item in items_of(self._asked[field]))
        return self[field]


class _Numbers(dict[str, tuple[int | float, ...]]):
    """The numbers of each field; empty where it is missing or holds none."""

    __slots__ = ("_asked",)

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked = asked

    def __missing__(self, field: str) -> tuple[int | float, ...]:
        found = (number_of(item) for item in items_of(self._asked[field]))
        self[field] = tuple(number for number in found if number is not None)
        return self[field]


class _Found(dict[str, str]):
    """What every condition on a field says it found; empty where that depends on the condition."""

    __slots__ = ("_asked", "_is_whole")

    def __init__(self, asked: Asked, *, is_whole: bool) -> None:
        super().__init__()
        self._asked = asked
        self._is_whole = is_whole

    def __missing__(self, field: str) -> str:
        value = self._asked[field]
        is_cut = self._is_whole and isinstance(value, str) and len(value) > LONGEST_SHOWN
        depends = is_cut or isinstance(value, list | tuple)
        self[field] = "" if depends else f": {found_words(Condition(field, 'exists'), value)}"
        return self[field]


Check = Callable[[Asked], bool]
Tell = Callable[[Asked], str]


@dataclass(frozen=True, slots=True)
class Checked:
    """Conditions ready to be tried, with those inside them.

    A single condition has no parts, and `tell` says that it held; a group of conditions all of which must
    hold has their sentences in `tells`.
    """

    source: Condition | Conditions
    holds: Check
    parts: "tuple[Checked, ...]" = ()
    tell: Tell | None = None
    tells: tuple[Tell, ...] = ()

    def because(self, asked: Asked) -> list[str]:
        """A sentence for every condition inside that held, in order, once the whole did."""
        if self.tells:
            return [tell(asked) for tell in self.tells]
        if self.tell is not None:
            return [self.tell(asked)]
        lines: list[str] = []
        is_sure = isinstance(self.source, Conditions) and self.source.join == "all"
        for part in self.parts:
            if is_sure or part.holds(asked):
                lines += part.because(asked)
        return lines


def _teller(condition: Condition) -> Tell:
    """Says that a condition held, and of what."""
    words, field = condition_words(condition), condition.field
    if condition.operator == "is missing":
        return lambda _asked: words

    def told_apart(asked: Asked) -> str:
        return f"{words}: {found_words(condition, _telling(condition, asked))}"

    def told(asked: Asked) -> str:
        found = asked.found[field]
        return words + found if found else told_apart(asked)

    def told_whole(asked: Asked) -> str:
        found = asked.found_whole[field]
        return words + found if found else told_apart(asked)

    return told_whole if shows_place(condition) else told


def checked(source: Condition | Conditions) -> Checked:
    """Conditions made ready.

    Raises: DeskError for a field or operator that is not known.
    """
    if isinstance(source, Condition):
        field_of(source.field)
        return Checked(source, _check(source), tell=_teller(source))
    parts = tuple(checked(part) for part in source.parts)
    checks = tuple(part.holds for part in parts)
    if source.join == "any":
        return Checked(source, _any_of(checks), parts)
    tells = tuple(part.tell for part in parts if part.tell is not None)
    return Checked(source, _all_of(checks), parts, tells=tells if len(tells) == len(parts) else ())


def items_of(value: object) -> tuple[object, ...]:
    """The items of a list, or the value alone; nothing for what is missing."""
    if value is MISSING:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def plain(value: object) -> object:
    """A value as text can be made of it: nested ones as JSON."""
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return "" if value is None else value


def _check(condition: Condition) -> Check:
    field, operator = condition.field, operator_of(condition.operator)
    if operator.name == "exists":
        return lambda asked: asked[field] is not MISSING
    if operator.name == "is missing":
        return lambda asked: asked[field] is MISSING
    test = trial_of(operator.name, condition.value)
    if operator.denies:
        return _none_is(field, test, is_numeric(operator.name, condition.value))
    if operator.name == "is one of" and any(is_number(one) for one in condition.value):
        return _any_of((_some_is(field, test, False), _some_is(field, test, True)))
    return _some_is(field, test, is_numeric(operator.name, condition.value))


def _some_is(field: str, test: Test, is_of_numbers: bool) -> Check:
    def some_number_is(asked: Asked) -> bool:
        for number in asked.numbers[field]:  # noqa: SIM110  # a generator would double the time
            if test(number):
                return True
        return False

    def some_text_is(asked: Asked) -> bool:
        for text in asked.texts[field]:  # noqa: SIM110  # likewise
            if test(text):
                return True
        return False

    return some_number_is if is_of_numbers else some_text_is


def _none_is(field: str, test: Test, is_of_numbers: bool) -> Check:
    some_is = _some_is(field, test, is_of_numbers)

    def none_is(asked: Asked) -> bool:
        return not some_is(asked)

    return none_is


def _all_of(checks: tuple[Check, ...]) -> Check:
    def all_hold(asked: Asked) -> bool:
        for check in checks:  # noqa: SIM110  # likewise
            if not check(asked):
                return False
        return True

    return all_hold


def _any_of(checks: tuple[Check, ...]) -> Check:
    def any_holds(asked: Asked) -> bool:
        for check in checks:  # noqa: SIM110  # likewise
            if check(asked):
                return True
        return False

    return any_holds


def _telling(condition: Condition, asked: Asked) -> object:
    """The value a sentence shows: of a list, the first item that made the condition hold."""
    value = asked[condition.field]
    if not isinstance(value, list | tuple) or len(value) < 2:
        return value
    operator = operator_of(condition.operator)
    if operator.denies or operator.name == "exists":
        return value
    items = items_of(value)
    single = _check(condition)
    return next((item for item in items if single(_alone(condition.field, item))), value)


def _alone(field: str, item: object) -> Asked:
    asked = Asked(_Single(item))
    asked[field] = item
    return asked


class _Single:
    """Facts of one item of a list."""

    def __init__(self, item: object) -> None:
        self._item = item

    def get(self, field: str) -> object:
        """The item."""
        return self._item
