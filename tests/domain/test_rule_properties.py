"""Rules of any kind over facts of any kind."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.facts import MISSING
from desktop.domain.rule import ACTIONS, FIELDS, OPERATORS, TOUCHABLE, Mode, Rule, compile
from desktop.domain.rule_action import ActionValue, AttachBy, action_of
from desktop.domain.rule_difference import difference
from desktop.domain.rule_field import FieldKind
from desktop.domain.rule_operator import Takes, operators_for
from tests.domain.rules import holds

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8).filter(
    lambda text: text == text.strip() != ""
)
FEW = st.sampled_from(["a", "b", "eu", "*", "?", "[", "a*b", "{}", "ß"])
NUMBERS = st.integers(-5, 5) | st.floats(-5, 5)
NAMES = ["labels.a", "fields.b.c", *(name for name in FIELDS if not name.endswith("*"))]


def one_value(field, operator):
    known = FIELDS.get(field)
    if operator.takes is Takes.NUMBER or (known and known.kind is FieldKind.NUMBER):
        return NUMBERS
    if known is None:
        return FEW | WORDS
    if known.kind is FieldKind.CHOICE:
        return st.sampled_from(known.choices)
    return st.booleans() if known.kind is FieldKind.YES_NO else FEW | WORDS


@st.composite
def conditions(draw):
    field = draw(st.sampled_from(NAMES))
    kind = FIELDS[field].kind if field in FIELDS else FieldKind.ANY
    operator = draw(st.sampled_from(operators_for(kind)))
    body = {"field": field, "operator": operator.name}
    if operator.takes is Takes.MANY:
        body["value"] = draw(st.lists(one_value(field, operator), min_size=1, max_size=3))
    elif operator.takes is not Takes.NOTHING:
        body["value"] = draw(one_value(field, operator))
    return body


def grouped(inner):
    return st.builds(
        lambda join, parts: {join: parts},
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    )


GROUPS = grouped(conditions() | grouped(conditions()))
#: Half of the rules hold for everything, so that there is something to dispute.
HOLDS = {"any": [{"field": "title", "operator": "exists"}, {"field": "title", "operator": "is missing"}]}
VALUES = {
    ActionValue.NOTHING: st.none(),
    ActionValue.TEXT: FEW,
    ActionValue.SEVERITY: st.integers(1, 4),
    ActionValue.FACTOR: st.integers(0, 5),
    ActionValue.WHO: st.integers(1, 3),
    ActionValue.ATTACH: st.sampled_from([by.value for by in AttachBy]),
}


@st.composite
def actions(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(ACTIONS)), min_size=1, max_size=4, unique_by=touched))
    kinds = [kind for kind in kinds if kind != "suppress" or not {"open", "attach", "review"} & set(kinds)]
    return [{"kind": kind, "value": draw(VALUES[ACTIONS[kind].takes])} for kind in kinds or ["open"]]


def touched(kind):
    return ACTIONS[kind].touches or kind


BOTH, MODES = st.booleans(), st.sampled_from(Mode)


@st.composite
def rules(draw, stop=BOTH, modes=MODES):
    return Rule.from_mapping(
        {
            "id": draw(st.integers(0, 9)),
            "version": draw(st.integers(0, 3)),
            "name": draw(WORDS),
            "order": draw(st.integers(0, 3)),
            "conditions": draw(st.just(HOLDS) | GROUPS),
            "actions": draw(actions()),
            "stop": draw(stop),
            "enabled": draw(st.integers(0, 9)) > 0,
            "mode": draw(modes).value,
        }
    )


#: A set of rules takes a while to think up.
fewer = settings(max_examples=40)


def several(**more):
    return st.lists(rules(**more), max_size=5, unique_by=lambda rule: rule.id)


JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | FEW | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FEW, inner, max_size=2),
    max_leaves=4,
)
KNOWN = st.dictionaries(st.sampled_from(NAMES), JSON)
LOCKS = st.frozensets(st.sampled_from(sorted(TOUCHABLE)))


class Known:
    """Facts from a table."""

    def __init__(self, table):
        self._table = table

    def get(self, field):
        return self._table.get(field, MISSING)


def results(decision):
    """What follows from a decision, whichever rules it came from."""
    values = {field: value for field, (value, _) in decision.values.items()}
    return values, {dispute.field for dispute in decision.disputed}, decision.verdict, decision.is_classified


@given(rules())
def test_a_rule_is_the_same_after_its_document(rule):
    assert Rule.from_mapping(rule.to_mapping()) == rule


@given(rules())
def test_no_rule_differs_from_itself(rule):
    assert difference(rule, rule) == ()


@given(rules(), rules())
def test_rules_that_do_different_things_differ_in_words(one, other):
    same = Rule.from_mapping(other.to_mapping() | {"id": one.id, "version": one.version})
    assert bool(difference(one, same)) == (one != same)


@fewer
@given(several(), KNOWN, LOCKS)
def test_deciding_again_decides_the_same(some, table, locked):
    rule_set = compile(some)
    assert rule_set.decide(Known(table), locked) == rule_set.decide(Known(table), locked)


@fewer
@given(several(), KNOWN, st.randoms(use_true_random=False))
def test_the_order_in_which_rules_are_given_does_not_matter(some, table, random):
    shuffled = random.sample(some, len(some))
    assert compile(some).decide(Known(table)) == compile(shuffled).decide(Known(table))


@fewer
@given(several(stop=st.just(False)), KNOWN, st.randoms(use_true_random=False))
def test_without_a_stop_the_places_of_rules_change_no_result(some, table, random):
    places = random.sample(range(len(some)), len(some))
    moved = [
        Rule.from_mapping(rule.to_mapping() | {"order": place})
        for rule, place in zip(some, places, strict=True)
    ]
    assert results(compile(some).decide(Known(table))) == results(compile(moved).decide(Known(table)))


@fewer
@given(several(), KNOWN, LOCKS)
def test_a_field_that_a_person_holds_is_never_set_nor_proposed(some, table, locked):
    decision = compile(some).decide(Known(table), locked)
    taken = {action_of(action.kind).touches for rule in decision.applied for action in rule.actions}
    assert not locked & taken
    assert not locked & {action_of(action.kind).touches for d in decision.disputed for action in d.actions}
    assert not any(known.key in decision.values for known in ACTIONS.values() if known.touches in locked)


@fewer
@given(several(modes=st.just(Mode.PROPOSE)), KNOWN)
def test_rules_that_only_propose_change_nothing(some, table):
    decision = compile(some).decide(Known(table))
    assert results(decision) == ({}, set(), "none", False)
    assert (decision.additions, decision.asks, decision.join_by) == ((), (), ())


@fewer
@given(several(), KNOWN)
def test_tripping_every_rule_is_as_if_all_only_proposed(some, table):
    tripped = compile(some, frozenset(rule.id for rule in some)).decide(Known(table))
    assert results(tripped) == ({}, set(), "none", False)


@fewer
@given(several(), KNOWN)
def test_a_disputed_field_has_no_value(some, table):
    decision = compile(some).decide(Known(table))
    keys = {action_of(action.kind).key for dispute in decision.disputed for action in dispute.actions} - {""}
    assert not keys & decision.values.keys()


@fewer
@given(several(), KNOWN)
def test_every_rule_that_held_says_why(some, table):
    decision = compile(some).decide(Known(table))
    assert all(rule.because and all(rule.because) for rule in decision.applied)


PAIRS = [("is", "is not"), ("contains", "does not contain"), ("exists", "is missing")]


@given(st.sampled_from(PAIRS), FEW, JSON)
def test_an_operator_that_denies_is_the_opposite_of_the_one_it_denies(pair, wanted, value):
    on = Known({"labels.a": value})
    given_one = {} if pair[0] == "exists" else {"value": wanted}
    one, other = (holds({"field": "labels.a", "operator": name} | given_one, on) for name in pair)
    assert one != other


@given(JSON | st.dictionaries(st.sampled_from(["name", "conditions", "actions", "mode", "order"]), JSON))
def test_no_document_of_any_kind_does_anything_but_read_or_be_refused(document):
    with suppress(DeskError):
        rule = Rule.from_mapping(document)
        assert Rule.from_mapping(rule.to_mapping()) == rule


def test_every_operator_was_drawn_from():
    suited = {operator.name for kind in FieldKind for operator in operators_for(kind)}
    assert suited == set(OPERATORS)
