"""Forms of the commands that put escalations and their evidence together and apart."""

from PySide6.QtWidgets import QWidget

from desktop.ui.escalation.occasion import Asked, Occasion, digits_of, line_of, title_of
from desktop.ui.kit.check_list import CheckList
from desktop.ui.kit.prompt import PromptField
from desktop.ui.text import file_size, one_line


def ask_merge(occasion: Occasion) -> Asked:
    """Into which escalation."""
    into = PromptField(
        "into_id",
        "Into",
        hint="Evidence, watchers and timeline go there; the clocks stop.",
        make=occasion.finder,
    )
    return Asked(
        title_of(occasion, "Merge into another"), "Merge", (into, line_of(occasion, "reason", "Reason"))
    )


def ask_parent(occasion: Occasion) -> Asked:
    """Of which escalation it becomes a part."""
    parent = PromptField(
        "parent_id",
        "Parent",
        hint="Both stay open with their own clocks. Only the parent announces.",
        make=occasion.finder,
    )
    return Asked(
        title_of(occasion, "Make child of another"),
        "Make child",
        (parent, line_of(occasion, "reason", "Reason")),
    )


def ask_split(occasion: Occasion) -> Asked | None:
    """Which evidence, and the title of the new escalation."""
    if occasion.details is None:
        return None
    pieces = [(str(e.id), f"{one_line(e.name)} ({file_size(e.size)})") for e in occasion.details.evidence]

    def make() -> QWidget:
        return CheckList(pieces, "Evidence", value=occasion.value("evidence"))

    fields = (
        PromptField("evidence", "Evidence", make=make),
        line_of(occasion, "title", "Title of the new one", required=True),
        line_of(occasion, "reason", "Reason"),
    )
    return Asked("Split evidence off", "Split", fields, "Another escalation is opened with it.")


def ask_removal(occasion: Occasion) -> Asked | None:
    """Which file."""
    if occasion.details is None:
        return None
    pieces = [(str(e.id), f"{one_line(e.name)} ({file_size(e.size)})") for e in occasion.details.evidence]
    return Asked(
        "Remove a file", "Remove", (digits_of(occasion, "evidence", "File", pieces),), "Undo brings it back."
    )
