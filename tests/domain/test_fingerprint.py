import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.fingerprint import fingerprint, normalised


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Disk of web-03 at 91 %", "Disk of web-17 at 99.5 %"),
        ("Instance 10.0.0.7:9090 down", "Instance 192.168.1.20:8081 down"),
        (
            "Job 3f2a9c41-7be8-4d11-9a0c-5d6e7f809101 failed",
            "Job 00000000-7be8-4d11-9a0c-5d6e7f8091ff failed",
        ),
        ("Commit 9fceb02 broke the build", "Commit 01ab3ff9d broke the build"),
        ("Backup of 2026-03-04T05:06:07Z late", "Backup of 2025-12-31 23:59:59 late"),
        ("Backup of 4 March 2026 late", "Backup of 31 Dec 2025 late"),
        ("Backup of Mon, 4 Mar 2026 05:06 late", "Backup of Tue, 14 Sep 2027 15:16 late"),
        ("TIMEOUT after 1,500 ms", "timeout  after 20 ms"),
        ("mail01.example.com down", "mail2.example.com down"),
    ],
)
def test_numbers_identifiers_times_and_hosts_numbers_do_not_count(one: str, other: str) -> None:
    assert fingerprint(one, {}, "generic") == fingerprint(other, {}, "generic")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Disk of web full", "Disk of mail full"),
        ("Instance 1 down", "Instance 1 up"),
        ("Monitor 3 broken", "Sensor 3 broken"),
        ("deadbeef", "feedface"),
    ],
)
def test_words_count(one: str, other: str) -> None:
    assert fingerprint(one, {}, "generic") != fingerprint(other, {}, "generic")


def test_the_rule_concerned_and_the_kind_of_source_count_and_the_machine_does_not() -> None:
    mark = fingerprint("x", {"labels": {"alertname": "Full", "instance": "a"}}, "alertmanager")
    assert mark == fingerprint("x", {"labels": {"alertname": "Full", "instance": "b"}}, "alertmanager")
    assert mark != fingerprint("x", {"labels": {"alertname": "Slow", "instance": "a"}}, "alertmanager")
    assert mark != fingerprint("x", {"labels": {"alertname": "Full", "instance": "a"}}, "grafana")


def test_a_word_beside_a_number_stays() -> None:
    assert normalised("Marble 5, server monitor 3") == "marble #, server monitor #"


@given(st.text(), st.dictionaries(st.text(), st.text()), st.text())
def test_it_is_always_sixteen_hexadecimal_digits(title: str, fields: dict[str, str], kind: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", fingerprint(title, fields, kind))


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_any_two_numbers_are_one(one: int, other: int) -> None:
    assert fingerprint(f"Order {one} late", {}, "x") == fingerprint(f"Order {other} late", {}, "x")
