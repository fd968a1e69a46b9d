"""Rules 3 and 4: nothing internal, no person and no other customer in what a customer reads."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from desktop.domain.message import Finding
from desktop.domain.message_letter import Context, Letter, Note

INTERNAL, OTHERS = 3, 4
_ADDRESS = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]{2,50})(?!\w)")
_LINK = re.compile(r"\b(?:https?|ftp|ssh)://([^\s/<>\"')\]]+)[^\s<>\"')\]]*", re.IGNORECASE)
_HOST = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*(?![\w-])", re.IGNORECASE
)
_MACHINE = re.compile(
    r"(?<![\w.@/-])[a-z][a-z0-9-]{0,60}-(?:prod|prd|stage|staging|stg|dev|qa|int|srv|node)\d{0,4}"
    r"(?:-[a-z0-9-]{0,60})?(?!\w)|(?<![\w.@/-])(?:srv|db|web|app|host|node|vm|prod|prd|stg)-?\d{1,4}(?![\w-])"
    r"|(?<![\w.@/-])(?:prod|prd|stg|staging|srv)-[a-z0-9-]*[a-z0-9](?![\w-])",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z0-9][\w.-]+|(?<![\w#&/])#[a-z][a-z0-9_-]{2,}(?!\w)")
_WORD = re.compile(r"\w[\w'’-]*")
_WHERE = "A customer reads this."


def internal(letter: Letter, context: Context) -> Iterator[Finding]:
    """Rule 3: hosts, addresses, tickets, surnames and handles of one's own."""
    if not context.is_customer:
        return
    block = Note(letter, INTERNAL, "block")
    taken: list[tuple[int, int]] = []
    for begin, end, what in _found(letter.body, context):
        if any(at < end and begin < until for at, until in taken):
            continue
        taken.append((begin, end))
        yield block.at(begin, end, f"This is {what}. {_WHERE}", "Say it in plain words, or take it out.")
    for begin, end, what in _found(letter.subject, context):
        yield block.in_subject(begin, end, f"This is {what}. {_WHERE}", "Say it in plain words.")
    for begin, end in _surnames(letter.subject, context):
        yield block.in_subject(begin, end, f"This is somebody's name. {_WHERE}", "Name the role.")
    for begin, end in _surnames(letter.body, context):
        yield block.at(begin, end, f"This is somebody's name. {_WHERE}", "Name the role.")


def others(letter: Letter, context: Context) -> Iterator[Finding]:
    """Rule 4: no other customer is named."""
    if not context.is_customer:
        return
    block = Note(letter, OTHERS, "block")
    skipped = context.tone.words("not_customers")
    why = "{} is another customer."
    for named in context.others.found(letter.subject, context.own_names, skipped):
        yield block.in_subject(named.begin, named.end, why.format(named.name), "Take it out.")
    for named in context.others.found(letter.body, context.own_names, skipped):
        yield block.at(named.begin, named.end, why.format(named.name), "Take it out.")


def _found(text: str, context: Context) -> Iterator[tuple[int, int, str]]:
    tickets = context.tone.words("ticket_hosts")
    ends = context.tone.words("hosts")
    for place in _LINK.finditer(text):
        host = place[1].rpartition("@")[2].partition(":")[0].casefold()
        if _is_of(host, tickets):
            yield place.start(), place.end(), "an address of our ticket system"
        elif _is_internal(host, ends) or _is_address(host):
            yield place.start(), place.end(), "an internal address"
    for place in _HOST.finditer(text):
        host = place[0].casefold()
        if _is_internal(host, ends):
            yield place.start(), place.end(), "an internal host"
        elif _is_of(host, tickets):
            yield place.start(), place.end(), "our ticket system"
    yield from _machines(text)


def _machines(text: str) -> Iterator[tuple[int, int, str]]:
    for place in _ADDRESS.finditer(text):
        if _is_address(place[0]):
            yield place.start(), place.end(), "the address of a machine"
    for place in _MACHINE.finditer(text):
        yield place.start(), place.end(), "the name of a machine"
    for place in _HANDLE.finditer(text):
        yield place.start(), place.end(), "a name of our chat"


def _surnames(text: str, context: Context) -> Iterator[tuple[int, int]]:
    skipped = context.tone.words("not_surnames")
    own = {word for name in context.own_names for word in _WORD.findall(name)}
    for place in _WORD.finditer(text):
        word = place[0].removesuffix("'s").removesuffix("’s")
        if word in context.staff and word.casefold() not in skipped and word not in own:
            yield place.start(), place.start() + len(word)


def _is_of(host: str, hosts: frozenset[str]) -> bool:
    labels = host.split(".")
    return any(host == each or host.endswith(f".{each}") or each in labels for each in hosts)


def _is_internal(host: str, ends: frozenset[str]) -> bool:
    return any(host.endswith(end if end.startswith(".") else f".{end}") for end in ends)


def _is_address(text: str) -> bool:
    try:
        ip_address(text.strip("[]").rstrip("."))
    except ValueError:
        return False
    return len(text) > len("::1")
