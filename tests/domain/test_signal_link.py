import pytest

from desktop.domain.signal import Link, LinkKind, links, parse
from tests.domain.signals import a_group, an_alert, an_event, as_body, the_signal


def kinds_of(value: dict[str, object]) -> dict[str, str]:
    signal = the_signal("generic", {"title": "x"} | value)
    return {link.url: link.kind for link in links(signal)}


def test_an_alert_names_its_runbook_its_graph_and_its_origin_in_that_order() -> None:
    alert = an_alert(annotations={"runbook_url": "https://wiki.example.com/queue"})
    found = links(the_signal("alertmanager", a_group(alert)))
    assert [(link.kind, link.text) for link in found] == [
        ("runbook", "annotations.runbook_url"),
        ("graph", "generatorURL"),
        ("link", "group.externalURL"),
    ]


def test_a_link_has_the_text_its_sender_gives_it() -> None:
    event = an_event(links=[{"href": "https://ci.example.com/220", "text": "Build 220"}])
    assert links(the_signal("pagerduty", event)) == (
        Link("https://ci.example.com/220", "Build 220", LinkKind.LINK),
    )


@pytest.mark.parametrize(
    ("name", "url", "kind"),
    [
        ("SubscribeURL", "https://sns.example.com/a", "confirm"),
        ("UnsubscribeURL", "https://sns.example.com/a", "confirm"),
        ("link", "https://sns.example.com/?Action=ConfirmSubscription&Token=1", "confirm"),
        ("playbook", "https://wiki.example.com/p", "runbook"),
        ("panelURL", "https://g.example.com/d", "graph"),
        ("log_url", "https://logs.example.com/q", "log"),
        ("logs", "https://logs.example.com/q", "log"),
        ("catalog", "https://shop.example.com/c", "link"),
    ],
)
def test_the_name_or_the_address_says_what_a_link_leads_to(name: str, url: str, kind: str) -> None:
    assert kinds_of({name: url}) == {url: kind}


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://example.com/a?b=1#c.", "https://example.com/a?b=1#c"),
        ("(https://example.com/a_(b))", "https://example.com/a_(b)"),
        ('<a href="https://example.com/x">x</a>', "https://example.com/x"),
        ("HTTP://EXAMPLE.COM", "HTTP://EXAMPLE.COM"),
    ],
)
def test_an_address_in_a_text_is_found_without_what_is_around_it(text: str, url: str) -> None:
    assert list(kinds_of({"note": text})) == [url]


@pytest.mark.parametrize(
    "text",
    ["ftp://example.com", "javascript:alert(1)", "file:///etc/passwd", "https://", "https://[::1",
     "example.com", "https://example.com/{{id}}", "https://example.com/" + "x" * 2048, "https://?.,;"],
)  # fmt: skip
def test_what_is_no_web_address_is_none(text: str) -> None:
    assert kinds_of({"note": text}) == {}


def test_an_address_named_twice_is_listed_once_as_the_more_telling_kind() -> None:
    assert kinds_of({"a": "https://example.com", "runbook": "https://example.com"}) == {
        "https://example.com": "runbook"
    }


def test_addresses_for_programs_beside_a_page_for_people_are_left_out() -> None:
    issue = {
        "url": "https://api.example.com/1",
        "html_url": "https://example.com/1",
        "self": "https://x.y",
    }
    assert list(kinds_of({"issue": issue})) == ["https://example.com/1"]


def test_there_are_at_most_sixty_links_and_a_flood_of_them_is_read_in_time() -> None:
    body = {"title": "x", "notes": ["https://example.com/" + str(n) for n in range(30_000)]}
    assert len(links(parse("generic", as_body(body))[0])) == 60
    assert kinds_of({"note": "http://a" + ")" * 900_000}) == {}
