"""The addresses a signal names: shown to a person, fetched only where the person allows the host."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from desktop.domain.signal_path import child
from desktop.domain.signal_type import DESK, Json, Signal, text_of

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^|\x00-\x1f\x7f]+", re.IGNORECASE)
#: To follow one of these does something: a subscription begins or ends.
_CONFIRM = re.compile(r"subscribe|confirm|opt_?(?:in|out)", re.IGNORECASE)
_CONFIRMING = re.compile(r"[?&]action=(?:confirm|unsubscribe)|/(?:confirm|unsubscribe)", re.IGNORECASE)
_LONGEST = 2048
_MOST = 60
_MOST_LOOKED_AT = 20_000
#: Addresses of programs and pictures of people, of which some tools send dozens.
_NOISE = frozenset(
    {"self", "avatarurls", "avatar_url", "gravatar_url", "iconurl", "signingcerturl", "image_url"}
)
_TRAILING = ".,;:!?"
_PAIRS = {")": "(", "]": "[", "}": "{"}


class LinkKind(StrEnum):
    """What an address leads to."""

    CONFIRM = "confirm"
    RUNBOOK = "runbook"
    GRAPH = "graph"
    LOG = "log"
    LINK = "link"


_ORDER = {kind: place for place, kind in enumerate(LinkKind)}
_NAMES = (
    (LinkKind.RUNBOOK, re.compile(r"runbook|playbook", re.IGNORECASE)),
    (LinkKind.GRAPH, re.compile(r"graph|chart|dashboard|panel|image|screenshot|generator", re.IGNORECASE)),
    (LinkKind.LOG, re.compile(r"(?:^|[^a-z])logs?(?:[^a-z]|url|link|$)|kibana|loki|splunk", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One address; `text` is what the sender calls it, else where it stands.

    To follow one of kind CONFIRM would begin or end a subscription: the program never does.
    """

    url: str
    text: str
    kind: LinkKind


def links(signal: Signal) -> tuple[Link, ...]:
    """The web addresses in a signal, each once; those to be confirmed first, then runbooks, graphs, logs.

    At most sixty.
    """
    found: dict[str, Link] = {}
    for link in _all(signal.fields):
        if link.url not in found or _ORDER[link.kind] < _ORDER[found[link.url].kind]:
            found[link.url] = link
    return tuple(sorted(found.values(), key=lambda link: _ORDER[link.kind])[:_MOST])


def _all(fields: Mapping[str, Json]) -> Iterator[Link]:
    # From the last to the first, for what is waiting is taken from its end.
    waiting: list[tuple[str, str, str, Json]] = [
        ("", name, "", value) for name, value in reversed(list(fields.items())) if name != DESK
    ]
    for _ in range(_MOST_LOOKED_AT):
        if not waiting:
            return
        path, name, text, value = waiting.pop()
        if name.casefold() in _NOISE:
            continue
        if isinstance(value, str):
            yield from _in_text(value, child(path, name) if name else path, name or path, text)
        elif isinstance(value, dict):
            inside = child(path, name) if name else path
            waiting.extend(
                (inside, inner, _called(value), value[inner]) for inner in reversed(_listed(value))
            )
        elif isinstance(value, list):
            base = child(path, name) if name else path
            waiting.extend(
                (f"{base}[{place}]", "", "", value[place]) for place in reversed(range(len(value)))
            )


def _listed(value: dict[str, Json]) -> list[str]:
    """The names of an object worth looking into: beside a page for people, addresses for programs are not."""
    if "html_url" not in value:
        return list(value)
    return [name for name in value if name == "html_url" or not (name == "url" or name.endswith("_url"))]


def _called(value: dict[str, Json]) -> str:
    """What the sender calls an entry of a list of links or images."""
    if not ("href" in value or "src" in value):
        return ""
    return text_of(value.get("text")) or text_of(value.get("alt")) or text_of(value.get("rel"))


def _in_text(value: str, path: str, name: str, text: str) -> Iterator[Link]:
    for match in _ADDRESS.finditer(value):
        if len(match.group()) > _LONGEST:
            continue
        url = _trimmed(match.group())
        if _is_address(url):
            yield Link(url, text or path, _kind(path, name, url))


def _trimmed(url: str) -> str:
    """An address without the signs that end its sentence or the brackets around it."""
    while url[-1] in _TRAILING or url.count(_PAIRS.get(url[-1], url[-1])) < url.count(url[-1]):
        url = url[:-1]
    return url


def _is_address(url: str) -> bool:
    if "{{" in url:
        return False
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _kind(path: str, name: str, url: str) -> LinkKind:
    if _CONFIRM.search(name) or _CONFIRMING.search(url):
        return LinkKind.CONFIRM
    return next((kind for kind, words in _NAMES if words.search(path)), LinkKind.LINK)
