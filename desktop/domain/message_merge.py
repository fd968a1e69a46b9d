"""Two people who write one message: what each changed is kept; where both changed one text, both texts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from desktop.domain.letter import Draft
from desktop.domain.message import Medium, Text

_What = TypeVar("_What")


@dataclass(frozen=True, slots=True)
class Merged:
    """A draft with the changes of both, and the texts of the later one that could not be put in."""

    draft: Draft
    spare: Mapping[Medium, Text]


def merged(stored: Draft, mine: Draft) -> Merged:
    """The stored draft with what `mine` changed since it was read.

    What only one of them changed is as that one left it. Where both changed the same text, the stored one
    stands and the other is handed back to be kept beside it.
    """
    seen = mine.seen
    texts: dict[Medium, Text] = {}
    spare: dict[Medium, Text] = {}
    for medium in dict.fromkeys((*stored.texts, *mine.texts)):
        theirs, own, before = (each.get(medium) for each in (stored.texts, mine.texts, seen.texts))
        kept = _either(before, theirs, own)
        if _differ(before, theirs, own) and own is not None:
            if theirs is None:  # the other went back to the template: words written by hand weigh more
                kept = own
            else:
                spare[medium] = own
        if kept is not None:
            texts[medium] = kept
    overrides = {
        rule: why
        for rule in dict.fromkeys((*stored.overrides, *mine.overrides))
        if (why := _either(*(each.get(rule) for each in (seen.overrides, stored.overrides, mine.overrides))))
    }
    draft = replace(
        stored,
        stage=_either(seen.stage, stored.stage, mine.stage),
        next_update_at=_either(seen.next_update_at, stored.next_update_at, mine.next_update_at),
        texts=texts,
        overrides=overrides,
    )
    return Merged(draft, spare)


def says_the_same(one: Draft, other: Draft) -> bool:
    """Whether two drafts have nothing that differs for whoever reads them."""
    return _said(one) == _said(other)


def _said(draft: Draft) -> tuple[object, ...]:
    return draft.stage, draft.next_update_at, dict(draft.texts), dict(draft.overrides)


def _either(before: _What, theirs: _What, own: _What) -> _What:
    return theirs if own == before or theirs != before else own


def _differ(before: _What, theirs: _What, own: _What) -> bool:
    return before not in (theirs, own) and theirs != own
