"""Every fault of a rule's document is refused by naming its place, and what was meant."""

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.rule import FIELDS, Rule
from desktop.domain.signal import KINDS, SignalAction
from tests.domain.rules import ALWAYS, a_document, cond, do

DEEP = ALWAYS
for _ in range(5):
    DEEP = {"any": [DEEP]}
ONE = "conditions.all[0]"

FAULTS = [
    # document, path named, words
    (a_document(when=[cond("titel", "exists")]), f"{ONE}.field", "Did you mean “title”?"),
    (
        a_document(when=[cond("label.team", "exists")]),
        f"{ONE}.field",
        "under labels., annotations. and fields.",
    ),
    (a_document(when=[cond("labels.", "exists")]), f"{ONE}.field", "as in labels.team"),
    (a_document(when=[cond("labels", "exists")]), f"{ONE}.field", "as in labels.team"),
    (a_document(when=[cond("fields.*", "exists")]), f"{ONE}.field", "does not say which one"),
    (a_document(when=[cond("fields.a[x]", "exists")]), f"{ONE}.field", "no path"),
    (a_document(when=[cond("title", "contians", "x")]), f"{ONE}.operator", "Did you mean “contains”?"),
    (a_document(when=[cond("title", "regex", "x")]), f"{ONE}.operator", "Known are is, is not"),
    (a_document(when=[cond("title", "at least", 5)]), f"{ONE}.operator", "does not suit title"),
    (a_document(when=[cond("count", "contains", "5")]), f"{ONE}.operator", "Use is, is not, is one of"),
    (a_document(when=[cond("title", "exists", "x")]), f"{ONE}.value", "takes no value"),
    (a_document(when=[cond("title", "contains")]), ONE, "needs a value"),
    (a_document(when=[cond("title", "contains", "")]), f"{ONE}.value", "no text"),
    (a_document(when=[cond("title", "contains", "\ud800")]), f"{ONE}.value", "half a character"),
    (a_document(when=[cond("title", "contains", "x" * 501)]), f"{ONE}.value", "Shorten it to 500"),
    (a_document(when=[cond("title", "is", True)]), f"{ONE}.value", "not text"),
    (a_document(when=[cond("count", "at least", "many")]), f"{ONE}.value", "not a number"),
    (a_document(when=[cond("count", "at least", True)]), f"{ONE}.value", "not a number"),
    (a_document(when=[cond("count", "is", float("nan"))]), f"{ONE}.value", "not a number"),
    (a_document(when=[cond("count", "is", 10**400)]), f"{ONE}.value", "not a number"),
    (a_document(when=[cond("kind", "is", "alertmangr")]), f"{ONE}.value", "Did you mean “alertmanager”?"),
    (
        a_document(when=[cond("weekday", "is one of", ["sat", "sunday"])]),
        f"{ONE}.value[1]",
        "Did you mean “sun”?",
    ),
    (a_document(when=[cond("title", "is one of", [])]), f"{ONE}.value", "at least 1"),
    (a_document(when=[cond("is_business_hours", "is", "yes")]), f"{ONE}.value", "only yes or no"),
    (a_document(when=[]), "conditions.all", "hold for everything"),
    (a_document(when=["title"]), ONE, "not a list of names"),
    (a_document(when=[{"all": [ALWAYS], "any": [ALWAYS]}]), ONE, "exactly one"),
    (a_document(when=[DEEP]), f"{ONE}.any[0].any[0].any[0].any[0]", "5 deep"),
    (a_document(when=[ALWAYS] * 101), "conditions.all", "too many"),
    (a_document(when=[cond("title", "exists") | {"not": 1}]), f"{ONE}.not", "nothing is known"),
    (a_document(conditions={}), "conditions", "exactly one"),
    (a_document(actions=[]), "actions", "at least 1"),
    (a_document(do("set_severty", 1)), "actions[0].kind", "Did you mean “set_severity”?"),
    (a_document(do("set_severity", 5)), "actions[0].value", "from 1 to 4"),
    (a_document(do("set_severity", "SEV1")), "actions[0].value", "from 1 to 4"),
    (a_document(do("set_business_impact", 6)), "actions[0].value", "from 0 to 5"),
    (a_document(do("set_team")), "actions[0]", "needs a value"),
    (a_document(do("open", "now")), "actions[0].value", "takes no value"),
    (a_document(do("attach", "fingerprnt")), "actions[0].value", "Did you mean “fingerprint”?"),
    (a_document(do("assign", 0)), "actions[0].value", "whole number"),
    (a_document(do("open"), do("open")), "actions[1]", "listed twice"),
    (a_document(do("set_severity", 1), do("set_severity", 2)), "actions[1]", "sets severity twice"),
    (a_document(do("assign", 1), do("assign_on_call", "Web")), "actions[1]", "sets owner twice"),
    (a_document(do("suppress", "x"), do("open")), "actions", "both suppress and open"),
    (a_document(name=" "), "name", "no text"),
    (a_document(name="x" * 121), "name", "Shorten it to 120"),
    (a_document(order=-1), "order", "whole number"),
    (a_document(stop=1), "stop", "only yes or no"),
    (a_document(mode="watch"), "mode", "none of act, propose"),
    (a_document(surprise=1), "surprise", "nothing is known"),
    ({"name": "x"}, "conditions", "missing"),
    ([], "", "list of names with values"),
]


@pytest.mark.parametrize(("document", "path", "words"), FAULTS)
def test_a_fault_is_named_with_its_place(document, path, words):
    with pytest.raises(DeskError) as fault:
        Rule.from_mapping(document)
    assert fault.value.field == path
    assert words in str(fault.value)


@pytest.mark.parametrize(
    "part", sorted(a_document(id=1, version=1, order=1, stop=True, enabled=True, mode="act"))
)
@pytest.mark.parametrize("nonsense", [None, "", [5], {"a": 5}, [[]], -1.5, [None], {"all": [None]}])
def test_nonsense_anywhere_is_a_fault_and_never_a_crash(part, nonsense):
    with pytest.raises(DeskError):
        Rule.from_mapping(a_document() | {part: nonsense})


def test_the_fields_offer_every_kind_of_source_and_every_action_there_is():
    assert FIELDS["kind"].choices == (*KINDS, "mail", "form")
    assert FIELDS["action"].choices == tuple(SignalAction)
