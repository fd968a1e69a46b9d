"""Playbooks as files of Markdown."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.message import Stage
from desktop.domain.playbook import Content, Decision, Example, Step, StepKind, Tags
from desktop.services.playbook_markdown import Parsed, from_text, is_playbook, to_text

_WRITTEN = """\
---
format: escalation-desk-playbook/1
slug: charged-twice
version: 3
change_note: The bank wants the list by noon
author: Mara Ilves
areas: [payments]
levels: [P1, P2]
owner: Payments
---

# Charged twice

Money left accounts that
should not have.

## Begin when

- a customer was charged twice

## Do not

- refund by hand
  before the list is whole

## Steps

1. Stop the job that charges. {#stop}
   - kind: page
   - role: On-call
   - due: 15 min
2. Write to the customer. {#write}
   - kind: send
   - message: initial
   - optional: yes

## Decisions

- Refund all {#refund}
  - who: Lead
  - limit: 10,000 EUR

## Examples

- The retry of March
  - link: ESC-12
"""
_texts = st.text(max_size=30) | st.text(alphabet=" \t\n\\#-*u{a}1.:\r\x85", max_size=12)
_words = st.text(min_size=1, max_size=12)
_ids = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)
_spans = st.none() | st.timedeltas(timedelta(0), timedelta(days=40))
_steps = st.builds(
    Step,
    _ids,
    _texts,
    st.sampled_from(StepKind),
    _texts,
    _spans,
    st.sampled_from(["", *Stage]),
    _texts,
    _texts,
)
_decisions = st.builds(Decision, _ids, _texts, _texts, _texts, _texts, _texts)
_lists = st.lists(_texts, max_size=3).map(tuple)
_axes = st.lists(_words, max_size=2).map(tuple)
_contents = st.builds(
    Content,
    title=_texts,
    purpose=_texts,
    tags=st.builds(Tags, _axes, _axes, _axes, _axes),
    owner=_texts,
    reviewers=_axes,
    evergreen_days=st.integers(1, 3650),
    valid_from=st.none() | st.dates(),
    valid_until=st.none() | st.dates(),
    entry=_lists,
    exit=_lists,
    do_not=_lists,
    steps=st.lists(_steps, max_size=3, unique_by=lambda step: step.id).map(tuple),
    decisions=st.lists(_decisions, max_size=2, unique_by=lambda each: each.id).map(tuple),
    templates=_axes,
    examples=st.lists(st.builds(Example, _texts, _texts, st.booleans()), max_size=2).map(tuple),
)
_files = st.builds(
    Parsed,
    slug=st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,2}", fullmatch=True),
    number=st.integers(0, 99_999),
    content=_contents,
    change_note=_texts,
    author=_texts,
    approved_by=_texts,
    approved_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    derived_from=_texts,
)


@given(_files)
def test_whatever_is_written_is_read_the_same(parsed: Parsed) -> None:
    assert from_text(to_text(parsed, parsed.content)) == parsed


@given(_files)
def test_line_ends_of_another_system_change_nothing(parsed: Parsed) -> None:
    text = to_text(parsed, parsed.content)

    assert from_text("\ufeff" + text.replace("\n", "\r\n")) == parsed


@given(st.text(alphabet="#- \n:abc{}\\1.\t", max_size=80))
def test_any_body_is_read_or_refused_with_its_line(body: str) -> None:
    text = f"---\nformat: escalation-desk-playbook/1\nslug: a\n---\n# T\n{body}"

    assert re.match("$|Line [0-9]+: ", _refusal(text))


def _refusal(text: str) -> str:
    try:
        from_text(text)
    except DeskError as error:
        return error.message
    return ""


def test_a_file_written_by_hand_is_read() -> None:
    found = from_text(_WRITTEN)

    assert (found.slug, found.number, found.author) == ("charged-twice", 3, "Mara Ilves")
    assert found.content == Content(
        title="Charged twice",
        purpose="Money left accounts that\nshould not have.",
        tags=Tags(areas=("payments",), levels=("P1", "P2")),
        owner="Payments",
        entry=("a customer was charged twice",),
        do_not=("refund by hand\nbefore the list is whole",),
        steps=(
            Step("stop", "Stop the job that charges.", StepKind.PAGE, "On-call", timedelta(minutes=15)),
            Step("write", "Write to the customer.", StepKind.SEND, stage="initial", is_optional=True),
        ),
        decisions=(Decision("refund", "Refund all", "Lead", limit="10,000 EUR"),),
        examples=(Example("The retry of March", "ESC-12"),),
    )


def test_what_is_written_looks_as_by_hand() -> None:
    text = to_text(Parsed("a", 1, Content("T", steps=(Step("go", "Go on", role="Lead"),))), Content("T"))

    assert (
        text
        == "---\nformat: escalation-desk-playbook/1\nslug: a\nversion: 1\nevergreen_days: 180\n---\n\n# T\n"
    )


def test_a_step_without_an_id_gets_one_of_its_words() -> None:
    found = from_text(_WRITTEN.replace(" {#stop}", "").replace(" {#write}", ""))

    assert [step.id for step in found.content.steps] == ["stop-the-job-that-charges", "write-to-the-customer"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("version: 3", "version: three", "Line 4: version is not a whole number from 1 to 99999."),
        ("slug: charged-twice", "slug: Charged Twice", "Line 3: slug is no short name."),
        ("author:", "auhtor:", "Line 6: auhtor is not known."),
        ("/1\n", "/2\n", "Line 2: format is not escalation-desk-playbook/1."),
        ("## Do not", "## Dont", "Line 21: “## Dont” is not known here."),
        (
            "   - role: On-call",
            "   - rolle: On-call",
            "Line 30: “rolle: On-call” does not belong to the item above.",
        ),
        ("due: 15 min", "due: soon", "Line 31: “soon” is not a length of time."),
        ("kind: send", "kind: shout", "Line 33: “shout” is no kind of step."),
        ("message: initial", "message: first", "Line 34: “first” is no message."),
        ("{#write}", "{#stop}", "Line 32: the id stop is taken by line 28."),
        ("{#write}", "{#Write it}", "Line 32: “Write it” is no id."),
        ("optional: yes", "optional: maybe", "Line 35: “maybe” is neither yes nor no."),
        ("# Charged twice\n", "Charged twice\n", "Line 12: the title is missing."),
        ("areas: [payments]", "areas: [payments", "Line "),
    ],
)
def test_a_fault_is_told_with_its_line(before: str, after: str, said: str) -> None:
    assert before in _WRITTEN
    with pytest.raises(DeskError) as caught:
        from_text(_WRITTEN.replace(before, after, 1))

    assert caught.value.message.startswith(said)


def test_a_readme_is_no_playbook() -> None:
    assert not is_playbook("# Our playbooks\n")
    assert not is_playbook("---\ntitle: a page\n---\n")


def test_a_damaged_playbook_still_claims_to_be_one() -> None:
    assert is_playbook(_WRITTEN.replace("slug", "[slug"))


def test_days_and_instants_are_read_as_such() -> None:
    head = "approved_at: 2026-03-31T14:05:00+02:00\nvalid_from: 2026-04-01\n---"
    found = from_text(_WRITTEN.replace("---\n\n#", f"{head}\n\n#", 1))

    assert found.approved_at == datetime(2026, 3, 31, 12, 5, tzinfo=UTC)
    assert found.content.valid_from == date(2026, 4, 1)
