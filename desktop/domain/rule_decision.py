"""What rules together make of a signal: the values they set, where they dispute, and what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from desktop.domain.rule_action import OUTCOMES, action_of, action_words
from desktop.domain.rule_value import Mode, RuleAction
from desktop.domain.rule_words import listed

Outcome = Literal["open", "join", "suppress", "review", "none"]

#: The field of a dispute about what becomes of the signal.
OUTCOME = "outcome"
_ADDING = ("add_tag", "link_playbook")
_ASK: Final = "review"
#: Any of these, set by a rule or a person, makes an escalation classified.
_CLASSIFYING = frozenset({"issue_type", "severity"})


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule that held.

    `actions` are those it takes, or would take where it only proposes; `kept` names the fields it leaves
    alone because a person set them, and `because` tells every condition that held.
    """

    rule_id: int
    version: int
    name: str
    mode: Mode
    actions: tuple[RuleAction, ...]
    because: tuple[str, ...]
    kept: tuple[str, ...] = ()
    is_tripped: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What it does, or would do: a sentence for every action, and for every field it leaves alone."""
        lead = "proposes: " if self.mode is Mode.PROPOSE else ""
        done = tuple(lead + action_words(action) for action in self.actions)
        return done + tuple(f"leaves {_spaced(field)} as a person set it" for field in self.kept)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Rules that want different things for one field; none of them gets its way.

    `actions` and `rules` belong together, in the order of the rules, one for each different wish.
    """

    field: str
    actions: tuple[RuleAction, ...]
    rules: tuple[Applied, ...]

    @property
    def values(self) -> tuple[Any, ...]:
        """The values wanted; for the outcome, the kinds of action."""
        is_outcome = self.field == OUTCOME
        return tuple(action.kind if is_outcome else action.value for action in self.actions)

    @property
    def sentence(self) -> str:
        """The dispute in words, with every rule named."""
        wishes = [
            f"“{rule.name}” {action_words(action)}"
            for rule, action in zip(self.rules, self.actions, strict=True)
        ]
        return f"The rules dispute: {listed(wishes, 'but')}."


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules make of a signal.

    `values` are by the escalation's field (`owner_on_call` names a team whose person on call shall own it),
    each with the first rule that said so; a disputed field is in none. `additions` are tags and playbooks,
    `join_by` the ways to find an open escalation to attach to, in order. `verdict` is *review* when rules
    dispute the outcome or one only asks for a person, *none* when none says anything; `decided_by` is the
    rule behind it. `asks` are the reasons for which rules want a person to look, whatever the verdict.
    """

    applied: tuple[Applied, ...]
    values: Mapping[str, tuple[Any, Applied]]
    disputed: tuple[Dispute, ...]
    verdict: Outcome
    why: str
    is_classified: bool
    decided_by: Applied | None = None
    additions: tuple[tuple[RuleAction, Applied], ...] = ()
    join_by: tuple[str, ...] = ()
    asks: tuple[tuple[str, Applied], ...] = ()

    @property
    def acting(self) -> tuple[Applied, ...]:
        """The rules that acted, in order."""
        return tuple(rule for rule in self.applied if rule.mode is Mode.ACT)

    @property
    def proposals(self) -> tuple[Applied, ...]:
        """The rules that only propose, with what they would have done, in order."""
        return tuple(rule for rule in self.applied if rule.mode is Mode.PROPOSE and rule.actions)


def decide(applied: Sequence[Applied], locked: frozenset[str] = frozenset()) -> Decision:
    """The decision of rules that held, in their order; `locked` are fields that a person has set."""
    acting = [rule for rule in applied if rule.mode is Mode.ACT]
    values, disputed = _settled(acting)
    outcome, asks = _wishes(acting, OUTCOMES), _wishes(acting, (_ASK,))
    first = {action.kind: (action, rule) for action, rule in reversed([*outcome, *asks])}
    verdict, decided_by = _verdict({kind: rule for kind, (_, rule) in first.items()})
    if verdict == "review" and decided_by is None:
        disputed = (*disputed, _dispute(OUTCOME, list(reversed(first.values()))))
    return Decision(
        applied=tuple(applied),
        values=values,
        disputed=disputed,
        verdict=verdict,
        why=_why(verdict, decided_by, disputed, acting),
        is_classified=bool(_CLASSIFYING & (values.keys() | locked)),
        decided_by=decided_by,
        additions=tuple(_without_repeats(_wishes(acting, _ADDING))),
        join_by=tuple(dict.fromkeys(action.value for action, _ in outcome if action.kind == "attach")),
        asks=tuple((action.value, rule) for action, rule in asks),
    )


_Wish = tuple[RuleAction, Applied]


def _settled(acting: Sequence[Applied]) -> tuple[dict[str, tuple[Any, Applied]], tuple[Dispute, ...]]:
    wishes: dict[str, list[_Wish]] = {}
    for rule in acting:
        for action in rule.actions:
            if field := action_of(action.kind).touches:
                wishes.setdefault(field, []).append((action, rule))
    values: dict[str, tuple[Any, Applied]] = {}
    disputed = []
    for field, wanted in wishes.items():
        different = _without_repeats(wanted)
        if len(different) > 1:
            disputed.append(_dispute(field, different))
        else:
            action, rule = different[0]
            values[action_of(action.kind).key] = (action.value, rule)
    return values, tuple(disputed)


def _verdict(first: Mapping[str, Applied]) -> tuple[Outcome, Applied | None]:
    """What becomes of it, and by which rule; opening and attaching agree: attach, or open where none is."""
    if "suppress" in first:
        # A rule that silences must not win over one that wants to be heard.
        return ("suppress", first["suppress"]) if len(first) == 1 else ("review", None)
    if "attach" in first:
        return "join", first["attach"]
    if "open" in first:
        return "open", first["open"]
    return (_ASK, first[_ASK]) if _ASK in first else ("none", None)


def _why(
    verdict: Outcome, decided_by: Applied | None, disputed: Sequence[Dispute], acting: Sequence[Applied]
) -> str:
    if decided_by is not None:
        kinds = {"join": "attach"}
        action = next(one for one in decided_by.actions if one.kind == kinds.get(verdict, verdict))
        return f"Rule “{decided_by.name}” (version {decided_by.version}) {action_words(action)}"
    if verdict == _ASK:
        return next(dispute.sentence for dispute in disputed if dispute.field == OUTCOME)
    return "No rule says what becomes of it." if acting else "No rule holds for it."


def _wishes(acting: Sequence[Applied], kinds: tuple[str, ...]) -> list[_Wish]:
    return [(action, rule) for rule in acting for action in rule.actions if action.kind in kinds]


def _without_repeats(wishes: Sequence[_Wish]) -> list[_Wish]:
    """The first wish of each kind and value."""
    first: dict[tuple[str, Any], _Wish] = {}
    for action, rule in wishes:
        first.setdefault((action.kind, action.value), (action, rule))
    return list(first.values())


def _dispute(field: str, wishes: Sequence[_Wish]) -> Dispute:
    return Dispute(field, tuple(action for action, _ in wishes), tuple(rule for _, rule in wishes))


def _spaced(field: str) -> str:
    return field.replace("_", " ")
