"""The body of a playbook as Markdown that people read and edit by hand, and back without a loss.

A title, the purpose, and sections of items; what belongs to an item stands indented below it as
`- name: value`. Steps and decisions keep their ids as `{#id}`. What would be read as something else, or would
not survive an editor, stands behind a backslash: `\\#`, `\\-`, `\\u{a}`.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from desktop.domain.playbook import Content
from desktop.domain.policy_node import span_text

#: Heading of each section and the field of `Content` it fills, in the order they are written.
SECTIONS: Mapping[str, str] = {
    "Begin when": "entry",
    "Done when": "exit",
    "Do not": "do_not",
    "Steps": "steps",
    "Decisions": "decisions",
    "Examples": "examples",
}
_BLANK = " \t"


def body_text(content: Content) -> str:
    """The Markdown of what a version says; what its head holds (owner, tags, days) is left out."""
    blocks = [f"# {_inline(content.title)}".rstrip(_BLANK)]
    if content.purpose:
        blocks.append(_block(content.purpose))
    for heading, name in SECTIONS.items():
        items = list(_WRITERS[name](content))
        if items:
            blocks.append(f"## {heading}")
            blocks.append("\n".join(items))
    return "\n\n".join(blocks) + "\n"


def _written_steps(content: Content) -> Iterator[str]:
    for number, step in enumerate(content.steps, 1):
        parts = {
            "kind": step.kind.value,
            "role": step.role,
            "due": "" if step.due_after is None else span_text(step.due_after),
            "message": step.stage,
            "decision": step.decision,
            "evidence": step.evidence,
            "optional": "yes" if step.is_optional else "",
        }
        yield _written(f"{number}.", step.text, step.id, parts)


def _written_decisions(content: Content) -> Iterator[str]:
    for each in content.decisions:
        parts = {
            "who": each.who,
            "delegate": each.delegate,
            "limit": each.limit,
            "recorded": each.recorded,
        }
        yield _written("-", each.what, each.id, parts)


def _written_examples(content: Content) -> Iterator[str]:
    for each in content.examples:
        yield _written("-", each.text, "", {"link": each.link, "drill": "yes" if each.is_drill else ""})


def _written_texts(texts: Iterable[str]) -> Iterator[str]:
    return (_written("-", text, "", {}) for text in texts)


_WRITERS: Mapping[str, Callable[[Content], Iterator[str]]] = {
    "entry": lambda content: _written_texts(content.entry),
    "exit": lambda content: _written_texts(content.exit),
    "do_not": lambda content: _written_texts(content.do_not),
    "steps": _written_steps,
    "decisions": _written_decisions,
    "examples": _written_examples,
}


def _written(mark: str, text: str, name: str, parts: Mapping[str, str]) -> str:
    indent = " " * (len(mark) + 1)
    lines = _lines(text)
    lines[0] = f"{mark} {lines[0]}{f' {{#{name}}}' if name else ''}".rstrip(_BLANK)
    lines[1:] = [f"{indent}{line}".rstrip(_BLANK) for line in lines[1:]]
    for part, value in parts.items():
        if value:
            first, *more = _lines(value)
            lines.append(f"{indent}- {part}: {first}")
            lines += [f"{indent}  {line}".rstrip(_BLANK) for line in more]
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    """The lines of an item; a mark at the beginning of one is no mark of a list."""
    first, *more = [_edges(_signs(line)) for line in _inner_breaks(text)]
    return [first, *(_marked(line) for line in more)]


def _marked(line: str) -> str:
    """A line that begins no list, no heading and no number of one."""
    if line[:1] in ("-", "*", "+", "#"):
        return f"\\{line}"
    return line


def _block(text: str) -> str:
    lines = [_signs(line) for line in _inner_breaks(text)]
    return "\n".join(_ends(f"\\{line}" if line.startswith("#") else line) for line in lines)


def _inline(text: str) -> str:
    return _edges(_signs(text))


def _inner_breaks(text: str) -> list[str]:
    """The text by its line breaks; those before the first and after the last words stay in their lines."""
    begin = len(text) - len(text.lstrip("\n"))
    end = len(text.rstrip("\n"))
    if begin >= end:
        return [text]
    first, *more = text[begin:end].split("\n")
    lines = [text[:begin] + first, *more]
    lines[-1] += text[end:]
    return lines


def _signs(line: str) -> str:
    """A line without signs that end lines, are not seen, or would be taken for an escaped one."""
    return "".join(_sign(each) for each in line)


def _sign(each: str) -> str:
    if each == "\\":
        return "\\\\"
    if each != "\t" and unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp"):
        return f"\\u{{{ord(each):x}}}"
    return each


def _edges(line: str) -> str:
    if line[:1] in (" ", "\t") and line:
        line = f"\\u{{{ord(line[0]):x}}}{line[1:]}"
    return _ends(line)


def _ends(line: str) -> str:
    return f"{line[:-1]}\\u{{{ord(line[-1]):x}}}" if line[-1:] in (" ", "\t") and line else line
