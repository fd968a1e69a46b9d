"""Scenario files: every fault with its line and what to do, and nothing lost in writing."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.services.drill_file import MOST_BYTES, load, read_file, read_text, write_json, write_text
from tests.domain.drills import FILE, charged_twice

TEXT = FILE.read_text(encoding="utf-8")
SCENARIO = charged_twice()


def told(old: str, new: str) -> list[str]:
    """What is said of the file with one place changed; each with its line."""
    assert old in TEXT
    return [str(fault) for fault in read_text(TEXT.replace(old, new, 1)).faults]


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


E01 = 'deadline: "10m", grace: "10m", weight: 2}'


@pytest.mark.parametrize(
    ("old", "new", "says", "advises"),
    [
        (E01, E01.replace('"10m"', "12:30", 1), "“12:30” is not a length of time", '"12m30s" or "12h30m"'),
        (E01, E01.replace('"10m"', "10", 1), "“10” is not a length of time", '"10m" for minutes'),
        (E01, E01.replace("grace", "grase"), "nothing is known by the name “grase”", "Did you mean “grace”?"),
        (E01, 'grace: "10m", weight: 2}', "“deadline” is missing", "negative: true"),
        ('subject: "Card', 'on: "Card', "a key called on as true or false", "Known here are id"),
        (
            'question: "Stop auto-recharge for all customers?"',
            "question: no",
            "something else than text",
            'Write "no"',
        ),
        ("to: [triage, oncall]", "to: [triage, onkall]", "no role “onkall”", "Did you mean “oncall”?"),
        (
            "event: oncall.paged",
            "event: oncall.pagd",
            "no event “oncall.pagd”",
            "Did you mean “oncall.paged”?",
        ),
        ("code: DA6", "code: DA9", "no gap code of data_availability “DA9”", "Did you mean"),
        ("is: [wait]", "is: [waits]", "can never be “waits”", "Did you mean “wait”?"),
        ("default: wait ", "default: never ", "none of the options", "stop, wait, silent"),
        ("phase: P2", "phase: P9", "no phase “P9”", "There are P1, P2, P3, P4"),
        ("{{product}}", "{{produkt}}", "no variable “produkt”", "Did you mean “product”?"),
        ("outbox: captured", "outbox: sent", "ever leaves the machine", "outbox: captured"),
        ("release_data: finance_export", "release_data: finance", "no withheld data set", "finance_export"),
        ("customer: CB", "customer: CX", "no customer “CX”", "There are CA, CB"),
        ("mode: clock", "mode: clok", "“clok” is not known", "Did you mean “clock”?"),
        ("option: staged", "option: stagd", "no option of D2 “stagd”", "Did you mean “staged”?"),
        ("{stage: initial}", "{stage: initail}", "no stage of a message", "Did you mean “initial”?"),
        ("lint:tone", "lnt:tone", "cannot be looked up", "Did you mean “lint:…”?"),
    ],
)
def test_a_fault_is_told_with_its_line_and_advice(old, new, says, advises):
    said = told(old, new)
    assert len(said) == 1
    assert says in said[0]
    assert advises in said[0]
    first = line_of(old)
    assert said[0].startswith(tuple(f"line {line}:" for line in range(first - 1, first + 6)))


def test_an_id_given_twice_names_the_second_place():
    assert told("id: I02", "id: I01")[0].startswith(
        f"line {line_of('id: I02')}: injects[1].id: there are two"
    )


@pytest.mark.parametrize(
    "when",
    [
        "{all: [{decision: D1, is: [wait]}, {decision: D1, is: [stop]}]}",
        '{elapsed: {max: "10m"}}',
        '{all: [{decision: D1, is: [wait]}, {not: {inject: I04, is: [fired]}}, {elapsed: {max: "1m"}}]}',
    ],
)
def test_a_branch_that_cannot_be_reached_is_a_fault(when):
    said = told("when: {decision: D1, is: [wait]}", f"when: {when}")
    assert "I05B can never be reached" in said[0]


def test_what_waits_for_the_unreachable_is_unreachable_too():
    said = told('after: {expectation: E08, field: next_update_at, delay: "20m"}', "after: {inject: I08}")
    assert any("I08 can never be reached" in each for each in said)


def test_conditions_nest_to_depth_four_and_no_deeper():
    deep = "{decision: D1, is: [wait]}"
    for _ in range(4):
        deep = f"{{not: {deep}}}"
    assert told("when: {decision: D1, is: [wait]}", f"when: {deep}") == []
    assert "nested deeper" in told("when: {decision: D1, is: [wait]}", f"when: {{not: {deep}}}")[0]


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ('body: "You charged us twice. This inject is the second."', "“inject” gives the drill away"),
        ('body: "As Twilio did."', "names the incident"),
        ('body: "Both tickets joined in one escalation, please."', "for staff only"),
    ],
)
def test_a_players_text_that_gives_the_drill_away_is_a_fault(new, says):
    said = told('body: "You charged us twice and then suspended us. We cannot work."', new)
    assert any(says in each for each in said)


def test_a_competence_that_nothing_exercises_is_a_fault():
    said = told("event: debrief.scheduled}, deadline", "event: debrief.scheduled}, negative: true, deadlin")
    assert said
    assert "no expectation exercises “handoff”" in str(
        read_text(write_text(replace(SCENARIO, injects=SCENARIO.injects[:6]))).faults
    )


def test_a_newer_format_is_refused_plainly():
    assert "written for a newer program" in told("drill-scenario/1", "drill-scenario/2")[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- 1",
        "a: [",
        "a: &x [1, 2]\nb: *y",
        "[" * 5000,
        "a: !!python/object:os.system x",
        "{a: 1}\n---\n{b: 2}",
        "? [a]\n: b",
        "a: &a [x]\n" + "\n".join(f"b{n}: *a" for n in range(99)),
        "\x00",
    ],
)
def test_what_is_no_scenario_is_told_and_does_no_harm(text):
    assert read_text(text).errors


def test_aliases_cannot_blow_a_file_up():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 5)}]" for n in range(1, 9)]
    assert read_text("\n".join(lines)).errors


def test_a_file_larger_than_a_megabyte_is_refused(tmp_path):
    path = tmp_path / "large.drill.yaml"
    path.write_text("#" * (MOST_BYTES + 1))
    with pytest.raises(DeskError, match="1 MB"):
        read_file(path)


def test_a_file_with_faults_cannot_be_played(tmp_path):
    path = tmp_path / "bad.drill.yaml"
    path.write_text(TEXT.replace("id: I02", "id: I01"))
    with pytest.raises(DeskError, match="line 92"):
        load(path)


def test_json_of_the_same_shape_is_read_with_its_lines():
    document = json.loads(write_json(SCENARIO))
    assert read_text(json.dumps(document, indent="\t")).scenario == SCENARIO
    document["injects"][3]["channel"] = "pigeon"
    fault = read_text(json.dumps(document, indent=2)).faults[0]
    assert fault.line > 100
    assert "pigeon" in fault.message


def test_writing_is_canonical():
    once = write_text(SCENARIO)
    again = read_text(once)
    assert again.scenario == SCENARIO
    assert write_text(again.scenario) == once


def test_one_change_changes_one_line():
    later = replace(SCENARIO.injects[4], at_s=1260)
    other = replace(SCENARIO, injects=(*SCENARIO.injects[:4], later, *SCENARIO.injects[5:]))
    before, after = write_text(SCENARIO).splitlines(), write_text(other).splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [('  at: "20m"', '  at: "21m"')]


TEXTS = (
    st.text(max_size=60).map(str.strip).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS.filter(bool), max_size=3), st.integers(0, 5000))
def test_whatever_is_written_is_read_the_same(subject, notes, flags, at_s):
    inject = replace(SCENARIO.injects[0], subject=subject, notes=notes, red_flags=tuple(flags), at_s=at_s)
    scenario = replace(SCENARIO, injects=(inject, *SCENARIO.injects[1:]))
    assert read_text(write_text(scenario)).scenario == scenario
    assert read_text(write_json(scenario)).scenario == scenario
