"""The table of merge fields: every field of the specification, for its readers, with its rule."""

import pytest

from desktop.domain.merge_field import FIELDS, EmptyKind, Value, blocks, is_for, meant, of_audience, rule_at
from desktop.domain.merge_field_table import NAMED
from desktop.domain.message import FINAL_STAGES, Audience, Stage
from desktop.domain.template_syntax import names_in

_SPECIFIED = """
ref title_plain status_word level score score_reasons customer_name customer_tier contact_first_name
product_area started_at detected_at acknowledged_at contained_at resolved_at duration_words impact_plain
impact_scope not_affected workaround data_loss_statement security_statement actions_taken current_step
next_steps owner_name owner_role contact_point next_update_at next_update_relative cadence_words
changed_since_last last_update_at update_no eta_range eta_confidence eta_owner decision_needed
decision_options decision_by approver delegate confirmed_by how_to_tell trigger_plain root_cause_plain
contributing_plain prevention_done prevention_planned review_due review_link credit_statement bridge_link
channel_name oncall_names playbook_ref sla_due sla_left sla_breached open_promises drill_banner
"""


def test_every_field_of_the_specification_is_there_in_its_order():
    assert [field.name for field in NAMED] == _SPECIFIED.split()


def test_no_field_is_named_twice():
    assert len(FIELDS) == len({field.label for field in FIELDS.values()}) == len(set(FIELDS))


def test_customers_are_told_neither_names_nor_scores():
    told = {field.name for field in of_audience(Audience.CUSTOMER)}
    assert not told & {
        "owner_name",
        "score",
        "level",
        "oncall_names",
        "bridge_link",
        "open_promises",
        "sla_due",
    }
    assert is_for("owner_role", Audience.CUSTOMER)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("title_plain", EmptyKind.BLOCK),
        ("impact_plain", EmptyKind.BLOCK),
        ("contact_point", EmptyKind.BLOCK),
        ("workaround", EmptyKind.SAY),
        ("not_affected", EmptyKind.OMIT),
        ("credit_statement", EmptyKind.OMIT),
        ("open_promises", EmptyKind.SAY),
    ],
)
def test_an_empty_field_has_the_rule_of_the_table(name: str, kind: EmptyKind):
    assert rule_at(name, Stage.PERIODIC).kind is kind


def test_the_next_update_blocks_every_stage_but_the_last_ones():
    assert {stage for stage in Stage if not blocks("next_update_at", stage)} == FINAL_STAGES


def test_a_field_that_blocks_one_stage_is_left_out_of_others():
    assert blocks("data_loss_statement", Stage.RESOLUTION)
    assert rule_at("data_loss_statement", Stage.INITIAL).kind is EmptyKind.OMIT


def test_words_for_an_empty_field_name_only_fields_for_the_same_readers():
    for field in FIELDS.values():
        for name in (each for each, *_ in names_in(field.empty.words.replace("{", "{{").replace("}", "}}"))):
            assert field.audiences <= FIELDS[name].audiences


@pytest.mark.parametrize(
    ("written", "found"),
    [("next_udate_at", "next_update_at"), ("Owner-Role", "owner_role"), ("impact", "impact"), ("xyzzy", "")],
)
def test_a_wrong_name_leads_to_the_one_that_was_meant(written: str, found: str):
    assert meant(written) == found


def test_a_value_of_nothing_but_room_is_missing():
    assert Value("  \n ").is_missing
    assert Value(items=("", " ")).is_missing
    assert Value("\u202e\u200b\u2800").is_missing
    assert not Value("0").is_missing
