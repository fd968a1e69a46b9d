"""What a template may say, and what it names: fields, `if` on fields, `for` over lists, and a few filters.

There is nothing to call, nothing to reach into and nothing to repeat but the items of a list: a template
cannot run for long, and it cannot ask for anything that it was not given.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from desktop.domain.merge_field import FIELDS, FieldKind, is_for, meant
from desktop.domain.message import Audience

LONGEST_SUBJECT = 300
LONGEST_BODY = 20_000
_MOST_LOOPS = 20

#: The filters there are, with what each does.
FILTERS: Mapping[str, str] = {
    "bullets": "each item on a line of its own, with a dash",
    "lines": "each item on a line of its own",
    "inline": "the items in one line, with semicolons between",
    "first": "the first item alone",
    "sentence": "begins with a capital and ends with a full stop",
    "within": "begins with a small letter and ends without a full stop",
    "clock": "the time of day alone",
    "local": "the time without its zone, where a time beside it names the zone",
    "upper": "in capitals",
    "short": "cut to so many signs: short(60)",
}
#: What is said of a name that no field has.
NO_FIELD = "There is no such field."
_STATEMENTS = ("if", "elif", "else", "endif", "for", "in", "endfor")
_KEYWORDS = frozenset(
    (*_STATEMENTS, "not", "and", "or", "is", "true", "false", "none", "True", "False", "None")
)
_PLACE = re.compile(r"\{\{(.*?)(?:\}\}|$)|\{%(.*?)(?:%\}|$)|\{#.*?(?:#\}|$)", re.DOTALL | re.MULTILINE)
_WORD = re.compile(r"""'[^']*'|"[^"]*"|(\|\s*[A-Za-z_]\w*)|([A-Za-z_]\w*)|\.""")
_LOOP = re.compile(r"\{%-?\s*for\s+([A-Za-z_]\w*)\s+in\b")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template: on which line, which words, why, and what to do instead."""

    line: int
    quote: str
    why: str
    fix: str = ""
    in_subject: bool = False

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        where = "Subject" if self.in_subject else f"Line {self.line}"
        return f"{where}: “{self.quote}”: {self.why}{f' {self.fix}' if self.fix else ''}"


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The engine, without a function, a test or a filter of its own."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True
    )
    for own in (made.globals, made.tests, made.filters):
        own.clear()
    return made


def names_in(text: str) -> tuple[tuple[str, int, int, bool], ...]:
    """The fields a text names while it is being written: (name, begin, end, is one)."""
    own = set(_LOOP.findall(text))
    found = []
    for place in _PLACE.finditer(text):
        group = 1 if place[1] is not None else 2
        if place[group] is None:
            continue
        for word in _WORD.finditer(place[group]):
            name = word[2]
            if name and name not in _KEYWORDS:
                begin = place.start(group) + word.start(2)
                if name not in own:
                    found.append((name, begin, begin + len(name), name in FIELDS))
    return tuple(found)


def fields_of(*texts: str) -> frozenset[str]:
    """The fields that texts name."""
    return frozenset(name for text in texts for name, _, _, is_known in names_in(text) if is_known)


def check(text: str, audience: Audience | None = None, *, in_subject: bool = False) -> tuple[Fault, ...]:
    """What is wrong with a text of a template, by its lines; nothing when it can be published."""
    most = LONGEST_SUBJECT if in_subject else LONGEST_BODY
    if len(text) > most:
        return (Fault(1, text[:30], f"It is {len(text)} characters long.", f"Shorten it to {most}."),)
    if in_subject and "\n" in text.strip():
        return (Fault(1, text.split("\n")[0][:30], "A subject has one line.", "Join the lines.", True),)
    try:
        tree = environment().parse(text)
    except TemplateSyntaxError as error:
        return (_syntax_fault(text, error, in_subject),)
    except RecursionError:
        return (Fault(1, text[:30], "It is nested too deeply.", "Write it more plainly.", in_subject),)
    lines = text.split("\n")
    faults = []
    for line, quote, why, fix in _wrong(tree, audience):
        faults.append(Fault(line, quote or lines[line - 1].strip()[:60], why, fix, in_subject))
    return tuple(sorted(faults, key=lambda fault: fault.line))


_Wrong = tuple[int, str, str, str]


def _wrong(tree: nodes.Template, audience: Audience | None) -> Iterator[_Wrong]:
    loops = list(tree.find_all(nodes.For))
    own = {node.target.name for node in loops if isinstance(node.target, nodes.Name)}
    if len(loops) > _MOST_LOOPS:
        yield 1, "", f"It repeats {len(loops)} times over.", f"Use at most {_MOST_LOOPS} lists."
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.For):
            yield from _wrong_loop(node)
        elif isinstance(node, nodes.Filter):
            yield from _wrong_filter(node)
        elif isinstance(node, nodes.Name):
            yield from _wrong_name(node, own, audience)
        elif not isinstance(node, _ALLOWED):
            yield (
                node.lineno or 1,
                "",
                "A template only names fields.",
                "Use fields, if, for and the filters.",
            )
            continue  # what it is made of is no news
        waiting.extend(node.iter_child_nodes())


_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const,
    nodes.If, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    """The node and all below it, each once."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(current.iter_child_nodes())


def _wrong_loop(node: nodes.For) -> Iterator[_Wrong]:
    is_plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name)
    if not is_plain or node.recursive or node.test is not None or node.else_:
        yield node.lineno, "", "Only the items of a list can be repeated.", "Write: for item in next_steps"
        return
    assert isinstance(node.target, nodes.Name)
    assert isinstance(node.iter, nodes.Name)
    field = FIELDS.get(node.iter.name)
    if field is not None and field.kind is not FieldKind.LIST:
        yield node.lineno, node.iter.name, "This field is no list.", "Name it in double braces instead."
    if node.target.name in FIELDS:
        yield node.lineno, node.target.name, "This is the name of a field.", "Call the item otherwise."
    for child in node.body:
        for inner in _all(child):
            if isinstance(inner, nodes.For):
                yield (
                    inner.lineno,
                    "",
                    "A list cannot be repeated within another.",
                    "End the first one before.",
                )


def _wrong_filter(node: nodes.Filter) -> Iterator[_Wrong]:
    if node.name not in FILTERS:
        near = meant(node.name, tuple(FILTERS))
        fix = f"Did you mean “{near}”?" if near in FILTERS else f"There are: {', '.join(FILTERS)}."
        yield node.lineno, node.name, "There is no such filter.", fix
        return
    args = node.args or []
    wants = 1 if node.name == "short" else 0
    is_fit = len(args) == wants and not node.kwargs and node.dyn_args is None and node.dyn_kwargs is None
    numbers = [arg.value for arg in args if isinstance(arg, nodes.Const)]
    if not is_fit or any(type(number) is not int or not 1 <= number <= 1000 for number in numbers):
        yield node.lineno, node.name, "This filter is used otherwise.", f"It gives: {FILTERS[node.name]}."
    elif len(numbers) != len(args):
        yield node.lineno, node.name, "This filter takes a plain number.", "Write: short(60)"


def _wrong_name(node: nodes.Name, own: set[str], audience: Audience | None) -> Iterator[_Wrong]:
    if node.ctx != "load" or node.name in own:
        return
    if node.name not in FIELDS:
        near = meant(node.name)
        yield (
            node.lineno,
            node.name,
            NO_FIELD,
            f"Did you mean “{near}”?" if near else "Choose one from the list of fields.",
        )
    elif audience is not None and not is_for(node.name, audience):
        yield (
            node.lineno,
            node.name,
            f"Readers of this kind ({audience.value}) are not told this.",
            _instead(node.name, audience),
        )


def _instead(name: str, audience: Audience) -> str:
    near = {"owner_name": "owner_role", "summary": "summary_plain"}.get(name, "")
    return f"Use “{near}”." if near and is_for(near, audience) else "Take it out."


def _syntax_fault(text: str, error: TemplateSyntaxError, in_subject: bool) -> Fault:
    lines = text.split("\n")
    line = min(max(error.lineno or 1, 1), len(lines))
    said = (error.message or "").lower()
    quote = lines[line - 1].strip()[:60]
    why, fix = "It cannot be read.", "Check the braces on this line."
    if "unexpected end of template" in said or "was looking for" in said or "unexpected end of block" in said:
        why, fix = "Something that was begun does not end.", "End every if with endif, every for with endfor."
    elif "unexpected char" in said:
        why, fix = "Braces hold a sign that no name has.", "Write the name of a field: {{ref}}"
    elif "unknown tag" in said:
        why, fix = "There is no such statement.", "Use if, elif, else, endif, for, endfor."
    elif "expected token" in said or "unexpected" in said:
        why, fix = "The braces do not hold the name of a field.", "Write it like this: {{ref}}"
    return Fault(line, quote, why, fix, in_subject)
