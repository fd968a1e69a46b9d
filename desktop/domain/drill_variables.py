"""Variables in the texts of a scenario: put in once, never looked at again."""

from collections.abc import Mapping


def fill(text: str, variables: Mapping[str, str]) -> str:
    """A text with `{{name}}` replaced; names that are not known stay as they are."""
    parts = text.split("{{")
    done = [parts[0]]
    for part in parts[1:]:
        name, mark, rest = part.partition("}}")
        known = variables.get(name.strip()) if mark else None
        done.append(f"{{{{{part}" if known is None else known + rest)
    return "".join(done)


def names_in(text: str) -> tuple[str, ...]:
    """The names of the variables a text wants."""
    found = []
    for part in text.split("{{")[1:]:
        name, mark, _ = part.partition("}}")
        if mark:
            found.append(name.strip())
    return tuple(found)
