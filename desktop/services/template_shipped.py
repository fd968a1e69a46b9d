"""Templates as files: front matter that says for whom and when, then the text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.errors import DeskError
from desktop.domain.message import STAGES, Audience, Medium, Stage
from desktop.domain.template import Place, TemplateText, slug_of
from desktop.services.shipped import shipped
from desktop.services.yaml_text import read_yaml, write_yaml

_FILE = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_KEYS = ("title", "audience", "stage", "medium", "subject")


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """What one file says."""

    place: Place
    text: TemplateText

    @property
    def slug(self) -> str:
        """The name of the file, without its ending."""
        return slug_of(self.place)


def from_text(text: str) -> TemplateFile:
    """The template of a file.

    Raises: DeskError saying what is missing or wrong.
    """
    parts = _FILE.match(text.replace("\r\n", "\n"))
    if parts is None:
        raise DeskError("The file has no front matter.", hint="Begin it with a line of three dashes.")
    head = read_yaml(parts[1])
    if not isinstance(head, Mapping):
        raise DeskError("The front matter is no list of names and values.")
    unknown = [str(key) for key in head if key not in _KEYS]
    if unknown:
        raise DeskError(f"The front matter names “{unknown[0]}”.", hint=f"There are: {', '.join(_KEYS)}.")
    words = {key: str(head.get(key) or "") for key in _KEYS}
    if not words["title"].strip():
        raise DeskError("The template has no title.", field="title")
    try:
        place = Place(Audience(words["audience"]), Stage(words["stage"]), Medium(words["medium"]))
    except ValueError as error:
        raise DeskError(f"The front matter says {error}.", hint="Check audience, stage and medium.") from None
    if place.stage not in STAGES[place.audience]:
        raise DeskError(f"There is no stage “{place.stage}” for this audience ({place.audience}).")
    return TemplateFile(place, TemplateText(words["title"], words["subject"], parts[2].strip("\n")))


def to_text(file: TemplateFile) -> str:
    """The file of a template."""
    head = {
        "title": file.text.title,
        "audience": str(file.place.audience),
        "stage": str(file.place.stage),
        "medium": str(file.place.medium),
    }
    if file.text.subject:
        head["subject"] = file.text.subject
    return f"---\n{write_yaml(head).rstrip()}\n---\n{file.text.body}\n"


def shipped_templates() -> dict[str, TemplateFile]:
    """The templates that ship with the program, by slug.

    Raises: DeskError when the program's files are damaged.
    """
    return shipped("templates", ".md", "template", from_text)
