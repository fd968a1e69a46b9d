import pytest

from desktop.domain.intake import NewEvidence
from desktop.ui.intake.content import Content, Piece, faults, revenue_of

FULL = Content(
    customer="Northwind",
    title="Orders stop",
    severity="2",
    business_impact="4",
    description="one\ntwo",
    is_severity_own=True,
    pieces=(Piece(NewEvidence("a.png", b"\x89PNG", "image/png")),),
)


def test_a_draft_brings_back_everything_but_nothing_else():
    assert Content.from_body(FULL.to_body()) == FULL


def test_a_file_of_a_draft_is_named_and_read_again_later():
    content = Content(pieces=(Piece(NewEvidence("big.log", b"x" * 99, "text/plain"), "/tmp/big.log"),))
    restored = Content.from_body(content.to_body()).pieces[0]
    assert (restored.path, restored.evidence.data) == ("/tmp/big.log", b"")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": 7, "pieces": "x"},
        {"pieces": [{"name": "a"}, 7, {"name": "a", "type": "b", "path": "", "data": "§"}]},
    ],
)
def test_a_damaged_draft_gives_what_is_left_of_it(body):
    assert Content.from_body(body) == Content()


def test_what_is_missing_is_named_in_the_order_of_the_form():
    assert list(faults(Content())) == ["customer", "title", "severity"]
    assert faults(FULL) == {}


def test_choices_alone_are_not_worth_keeping():
    assert Content(severity="2", area="payments", source="phone").is_empty
    assert not Content(title="x").is_empty


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("4.2 M", 4_200_000),
        ("300k", 300_000),
        ("1 200 000", 1_200_000),
        ("1,200,000 EUR", 1_200_000),
        ("0", 0),
        ("€ 12.000", 12_000),
        ("1.5 b", 1_500_000_000),
        ("lots", None),
        ("-5", None),
        ("9" * 30, None),
        ("infM", None),
    ],
)
def test_a_revenue_is_read_as_people_write_it(text, amount):
    assert revenue_of(text) == amount
