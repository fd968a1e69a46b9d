"""The rules of tone: each finds its words, says why, and leaves good texts alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.drill_mark import marked_text
from desktop.domain.escalation import State
from desktop.domain.message import Audience, Finding, Medium, Sent, Stage, Way
from desktop.domain.message_letter import Changed, Context, Letter
from desktop.domain.message_lint import BLOCKING, RULES, left, lint
from desktop.domain.message_names import names_of
from desktop.services.tone import shipped
from tests.faults.hostile import WORDS

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEXT = NOW + timedelta(hours=1)
GOOD = "Payments by card do not go through since 09:30 Europe/Berlin.\nWe write again by 11:00 Europe/Berlin."


def context(**facts: object) -> Context:
    """A first message to Northwind, read in Berlin."""
    defaults: dict[str, object] = {
        "tone": shipped().tone,
        "audience": Audience.CUSTOMER,
        "stage": Stage.PERIODIC,
        "state": State.WORKING,
        "now": NOW,
        "zone": "Europe/Berlin",
        "next_update_at": NEXT,
        "priority": "P2",
        "others": names_of(["Northwind", "Contoso GmbH", "Blue Yonder", "Update", "Ox"]),
        "own_names": ("Northwind",),
        "staff": frozenset({"Lind", "Marsh", "May"}),
    }
    return Context(**(defaults | facts))  # type: ignore[arg-type]


def letter(body: str, medium: Medium = Medium.CHAT, **facts: object) -> Letter:
    return Letter(**({"medium": medium, "subject": "", "body": body} | facts))  # type: ignore[arg-type]


def found(body: str, rule: int, medium: Medium = Medium.CHAT, **facts: object) -> list[Finding]:
    """What one rule says of a text."""
    return [each for each in lint([letter(body, medium)], context(**facts)) if each.rule == rule]


def sent(body: str = "", stage: Stage = Stage.PERIODIC, **values: str) -> Sent:
    return Sent(
        1, 1, Audience.CUSTOMER, stage, Medium.CHAT, Way.MAIL, "", "", body, values, None, NOW, "", "", "sent"
    )


def test_a_good_text_is_left_alone():
    assert lint([letter(GOOD)], context()) == ()


@pytest.mark.parametrize(
    ("rule", "words", "quote"),
    [
        (3, "It runs on db-prod-03.", "db-prod-03"),
        (3, "It runs on web01 today.", "web01"),
        (3, "Look at shop.internal please.", "shop.internal"),
        (
            3,
            "See https://acme.atlassian.net/browse/OPS-1 for more.",
            "https://acme.atlassian.net/browse/OPS-1",
        ),
        (3, "See jira.example.com for more.", "jira.example.com"),
        (3, "The address 10.2.3.4 is down.", "10.2.3.4"),
        (3, "The address fe80::1ff:fe23:4567:890a is down.", "fe80::1ff:fe23:4567:890a"),
        (3, "Cora Lind works on it.", "Lind"),
        (3, "Lind's team works on it.", "Lind"),
        (3, "Ask @cora for it.", "@cora"),
        (3, "It is told in #payments-war-room.", "#payments-war-room"),
        (4, "Contoso sees it too.", "Contoso"),
        (4, "Contoso GmbH sees it too.", "Contoso GmbH"),
        (4, "It began at Blue  Yonder first.", "Blue  Yonder"),
        (5, "You get a credit for it.", "credit"),
        (5, "We refund the month.", "refund"),
        (5, "This is a security incident.", "security incident"),
        (5, "It will be fixed by 15:00.", "fixed by 15:00"),
        (6, "It is probably the cable.", "probably"),
        (6, "It should be better.", "should be"),
        (7, "It happens never again.", "never again"),
        (7, "We are 100 % sure.", "100 %"),
        (8, "That was human error.", "human error"),
        (8, "An engineer forgot the key.", "engineer forgot"),
        (10, "It is a minor fault.", "minor"),
        (
            11,
            "We apologise for any inconvenience this may have caused.",
            "any inconvenience this may have caused",
        ),
        (12, "We did a rollback.", "rollback"),
        (14, "About 40 orders did not go through.", "40 orders"),
        (17, "It began at 3 pm.", "3 pm"),
        (17, "It began at 08:00 America/New_York.", "08:00 America/New_York"),
    ],
)
def test_each_rule_quotes_the_words_it_means(rule: int, words: str, quote: str):
    findings = found(f"{words}\n{GOOD}", rule)
    assert [each.quote for each in findings] == [quote]
    assert findings[0].why
    assert findings[0].kind == ("block" if rule in BLOCKING else "warning")


@pytest.mark.parametrize(
    "words",
    [
        "Write to help@desk.example or call +49 30 1234.",
        "The update of Northwind is at 10:00 Europe/Berlin.",
        "Look at https://status.example.com/today.",
        "An ox is a beast, and contoso a word.",
        "On the 9th of May 2026 at 08:15:30 it began.",
    ],
)
def test_what_only_looks_like_it_blocks_nothing(words: str):
    assert [each for each in lint([letter(f"{words}\n{GOOD}")], context()) if each.kind == "block"] == []


def test_others_names_in_a_brief_to_ones_own_people_are_welcome():
    text = "Contoso and db-prod-03: Lind is on it."
    assert lint([letter(text)], context(audience=Audience.INTERNAL, stage=Stage.INTERNAL_BRIEF)) == ()


# -- rule 1
@pytest.mark.parametrize("words", ["{{ref}}", "{% if x %}", "[still to write: work-around]"])
def test_what_is_not_resolved_blocks(words: str):
    assert [each.quote for each in found(f"{words} {GOOD}", 1)] == [words]


def test_braces_that_somebody_wrote_into_a_fact_are_words():
    body = f"{{{{7*7}}}} {GOOD}"
    text = letter(body, spans=(("impact_plain", 0, 7),), values={"impact_plain": "{{7*7}}"})
    assert lint([text], context()) == ()


@pytest.mark.parametrize(
    ("stage", "state", "words"),
    [
        (Stage.INITIAL, State.WORKING, "because of"),
        (Stage.INITIAL, State.WORKING, "widespread"),
        (Stage.LATE, State.WORKING, "we were busy"),
        (Stage.CONTAINMENT, State.CONTAINED, "resolved"),
        (Stage.RESOLUTION, State.RESOLVED, "should be fine now"),
        (Stage.POST_RESOLUTION, State.CLOSED, "human error"),
    ],
)
def test_what_a_stage_must_not_say_blocks(stage: Stage, state: State, words: str):
    findings = found(f"It is {words} here.\n{GOOD}", 1, stage=stage, state=state)
    assert [(each.quote, each.kind) for each in findings] == [(words, "block")]


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        (Stage.CONTAINMENT, State.WORKING),
        (Stage.RESOLUTION, State.CONTAINED),
        (Stage.POST_RESOLUTION, State.WORKING),
        (Stage.EXECUTIVE_BRIEF, State.WORKING),
    ],
)
def test_a_stage_that_has_not_come_or_is_for_others_blocks(stage: Stage, state: State):
    assert [each.kind for each in found(GOOD, 1, stage=stage, state=state)] == ["block"]


def test_what_was_taken_out_of_a_mail_is_missed():
    body = f"We see it. {GOOD}"
    spans = (("impact_plain", 0, 2), ("started_at", 3, 6), ("owner_role", 7, 9), ("contact_point", 9, 9))
    text = letter(body, Medium.EMAIL, spans=spans, edited=True)
    findings = [each for each in lint([text], context(stage=Stage.INITIAL)) if each.rule == 1]
    assert [each.why for each in findings] == [
        "The message does not say where to reach us.",
        "The message does not say when we write again.",
    ]


def test_the_last_message_word_for_word_blocks_unless_it_says_so():
    assert [each.kind for each in found(GOOD, 1, heard=(sent(GOOD),))] == ["block"]
    same = f"No change.\n{GOOD}"
    assert found(same, 1, heard=(sent(same),)) == []


def test_a_request_asks_one_question():
    findings = found("Shall we pay? Or not?", 1, audience=Audience.EXECUTIVE, stage=Stage.COMMITTEE_REQUEST)
    assert [(each.quote, each.kind) for each in findings] == [("?", "block")]


def test_what_is_planned_has_a_date():
    body = "- A third cable\n- An alarm by 2026-12-15"
    text = letter(body, spans=(("prevention_planned", 0, len(body)),))
    findings = lint([text], context(stage=Stage.POST_RESOLUTION, state=State.CLOSED))
    assert [(each.quote, each.kind) for each in findings if each.rule == 1 and each.end] == [
        ("- A third cable", "block")
    ]


@pytest.mark.parametrize(
    ("subject", "rule"),
    [("db-prod-03 is down", 3), ("For Lind", 3), ("Contoso and you", 4), ("Your refund", 5), ("{{ref}}", 1)],
)
def test_a_subject_is_held_against_the_rules_too(subject: str, rule: int):
    findings = lint([letter(GOOD, subject=subject)], context())
    assert [(each.rule, each.kind, each.in_subject) for each in findings] == [(rule, "block", True)]
    assert findings[0].quote in subject


# -- rules 2 and 17
@pytest.mark.parametrize("words", ["We write again soon.", "We write again shortly.", "We write in an hour."])
def test_a_time_without_a_clock_blocks(words: str):
    assert {each.kind for each in found(words, 2)} == {"block"}


@pytest.mark.parametrize("next_at", [None, NOW, NOW - timedelta(minutes=1)])
def test_no_next_update_or_one_that_has_passed_blocks(next_at: datetime | None):
    assert [each.kind for each in found(GOOD, 2, next_update_at=next_at)][:1] == ["block"]


def test_the_time_may_stand_in_another_zone_but_is_turned():
    (finding,) = found("We write again by 10:00 UTC.", 17)
    assert finding.replacement == "11:00 Europe/Berlin (UTC+01:00)"
    assert found("We write again by 10:00 UTC.", 2) == []


def test_the_last_message_promises_no_next():
    assert found("It works.", 2, stage=Stage.RESOLUTION, state=State.RESOLVED, next_update_at=None) == []


def test_tomorrow_stands_with_its_day():
    tomorrow = NOW + timedelta(days=1)
    (finding,) = found("We write by 10:00 Europe/Berlin.", 17, next_update_at=tomorrow)
    assert finding.replacement == "Tue 24 Nov 2026 10:00 Europe/Berlin (UTC+01:00)"


def test_a_time_without_its_zone_gets_one():
    (finding,) = found("We write by 11:00.", 17)
    assert finding.replacement == "11:00 Europe/Berlin (UTC+01:00)"


# -- rules 5, 9, 13, 15, 16, 18
def test_what_was_approved_may_be_said():
    body = f"You get a credit of 100 EUR. {GOOD}"
    text = letter(body, spans=(("credit_statement", 0, 28),))
    rules = {each.rule for each in lint([text], context(approved=frozenset({"credit_statement"})))}
    assert 5 not in rules
    assert 5 in {each.rule for each in lint([text], context())}


def test_an_outage_is_none_while_something_works():
    assert found(f"The outage goes on. {GOOD}", 9, is_partial=True)[0].replacement == "disruption"
    assert found(f"The outage goes on. {GOOD}", 9, is_partial=False) == []


def test_long_sentences_and_deeds_without_anybody_are_noted():
    assert found("word " * 26 + ".", 13)[0].why == "This sentence has 26 words."
    text = letter("The cable was replaced.", spans=(("actions_taken", 0, 23),))
    assert [each.quote for each in lint([text], context()) if each.rule == 13] == ["was replaced"]


def test_a_status_that_moves_back_needs_a_correction():
    before = (sent(status_word="Contained"),)
    text = letter(GOOD, values={"status_word": "Investigating"})
    assert [each.kind for each in lint([text], context(heard=before))] == ["block"]
    assert lint([text], context(heard=before, stage=Stage.CORRECTION)) == ()


@pytest.mark.parametrize("scope", ["1,200 orders", "still counted"])
def test_a_figure_that_shrinks_or_goes_needs_a_correction(scope: str):
    before = (sent(impact_scope="about 3,400 orders as of 10:00"),)
    text = letter(GOOD, values={"impact_scope": scope})
    assert [each.rule for each in lint([text], context(heard=before))] == [15]


def test_a_fact_told_otherwise_needs_a_correction():
    changed = (Changed("started_at", "09:30", "08:00"),)
    text = letter(GOOD, values={"started_at": "08:00"})
    assert [each.rule for each in lint([text], context(heard=(sent(),), changed=changed))] == [15]


@pytest.mark.parametrize(("words", "fix"), [("Thanks!!", "."), ("It works 🎉", ""), ("URGENTLY", "Urgently")])
def test_a_calm_voice_has_no_capitals_marks_and_pictures(words: str, fix: str):
    assert [each.replacement for each in found(f"{words} {GOOD}", 16, Medium.STATUS)] == [fix]


def test_the_words_that_say_it_is_an_exercise_do_not_shout():
    assert found(marked_text(GOOD, "EXERCISE"), 16) == []


def test_a_grave_message_needs_a_second_person():
    assert [each.kind for each in found(GOOD, 18, needs_release=True)] == ["block"]
    assert found(GOOD, 18, needs_release=True, is_released=True) == []


# -- all of them
BLOCKED = {
    1: ({}, "{{ref}} " + GOOD),
    2: ({}, "We write again soon."),
    3: ({}, "It runs on db-prod-03. " + GOOD),
    4: ({}, "Contoso sees it too. " + GOOD),
    5: ({}, "You get a refund. " + GOOD),
    15: ({"heard": (sent(stage=Stage.RESOLUTION),)}, "It is back. " + GOOD),
    18: ({"needs_release": True}, GOOD),
}


@pytest.mark.parametrize("rule", sorted(BLOCKING))
@given(before=st.text(max_size=60), after=st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_every_blocking_rule_blocks_whatever_stands_around_it(rule: int, before: str, after: str):
    facts, body = BLOCKED[rule]
    text = letter(f"{before.replace('?', '')}\n{body}\n{after}") if rule != 2 else letter(body)
    findings = lint([text], context(**facts))
    assert rule in {each.rule for each in findings if each.kind == "block"}
    assert rule not in {each.rule for each in left(findings, frozenset({rule})) if each.kind == "block"}


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_looked_over_and_quoted_as_it_stands(body: str):
    for finding in lint([letter(body, Medium.EMAIL)], context()):
        assert 0 <= finding.begin <= finding.end <= len(body)
        assert finding.quote == body[finding.begin : finding.end]
        assert finding.rule in RULES


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_hostile_words_are_looked_over_too(words: str):
    for finding in lint([letter(words, Medium.EMAIL), letter(words * 2)], context()):
        assert finding.quote in words * 2


@pytest.mark.parametrize(
    "piece", ["a-", ":", "a.", "1.", "{{", "@a", "is ", "A", "!", "12:", "prod-", "( ", "a\n"]
)
def test_no_text_takes_the_rules_long(piece: str):
    text = letter(piece * (40_000 // len(piece)), Medium.EMAIL)
    assert isinstance(lint([text], context()), tuple)


def test_the_names_of_thousands_of_customers_are_looked_for_at_once():
    names = names_of(f"Customer Number{place} Ltd" for place in range(20_000))
    text = "Customer Number17 waits. " * 400
    assert {each.quote for each in found(text + GOOD, 4, others=names)} == {"Customer Number17"}


def test_a_phone_script_is_looked_at_as_far_as_it_is_said():
    text = letter(f"SAY\n{GOOD}\n\nDO NOT SAY\n- That it is probably the cable of Contoso.", Medium.PHONE)
    assert lint([text], context()) == ()


def test_an_override_lets_warnings_stay():
    warning = Finding(6, "warning", Medium.CHAT, 0, 0, "", "")
    assert left([warning, replace(warning, kind="block")], frozenset({6})) == (warning,)
