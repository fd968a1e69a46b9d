"""What a scenario is about in words: for everybody, and for staff only."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.domain.drill_scenario import Inject, Scenario
from desktop.ui.drill.words import competence_words, gap_words, length, sim_time
from desktop.ui.kit.label import Label
from desktop.ui.text import listed, one_line

_TITLE_MOST = 90


def open_parts(scenario: Scenario, word: Callable[[str], str]) -> Iterator[QWidget]:
    """What everybody may read of it; `word` says a tag."""
    say = scenario.filled
    yield plain(say(scenario.summary))
    tags = scenario.tags
    said = [word(key) for key in (*tags.product_area, *tags.customer_tier, *tags.incident_type)]
    if said:
        yield Label(f"For: {', '.join(said)}", "secondary", wrap=True)
    yield heading("Practises")
    yield plain(listed([competence_words(name) for name in scenario.competences]))
    if scenario.objectives:
        yield heading("Objectives")
        yield bullets(say(each.text) for each in scenario.objectives)
    yield heading("Seats")
    yield bullets(_seats(scenario))
    yield heading("Phases")
    yield pairs((length(each.from_s) if each.from_s else "start", each.title) for each in scenario.phases)


def staff_parts(scenario: Scenario) -> Iterator[QWidget]:
    """What only those may read who play no part in it."""
    if scenario.origin.ref:
        yield plain(f"Pattern: {scenario.origin.ref}")
    yield heading(f"Injects ({len(scenario.injects)})")
    yield pairs((_when(each), _inject_words(scenario, each)) for each in scenario.injects)
    decisions = tuple(scenario.decisions())
    if decisions:
        yield heading("Decisions")
        yield pairs((each.id, scenario.filled(each.question)) for _, each in decisions)
    critical = [one for _, one in scenario.expectations() if one.critical]
    if critical:
        yield heading("Critical")
        yield bullets(one.text for one in critical)
    codes = sorted({one.gap.code for _, one in scenario.expectations() if one.gap is not None})
    if codes:
        yield heading("Gaps it can show")
        yield bullets(gap_words(code) for code in codes)
    if scenario.complications:
        yield heading("Complications")
        yield bullets(scenario.filled(each.text) for each in scenario.complications)


def heading(text: str) -> Label:
    """The heading of a part."""
    label = Label(text, "heading")
    label.setContentsMargins(0, 10, 0, 0)
    return label


def plain(text: str, role: str = "body") -> Label:
    """A paragraph that can be selected."""
    label = Label(text.strip(), role, wrap=True)
    label.let_select()
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label


def bullets(lines: Iterable[str]) -> QWidget:
    """A list."""
    return pairs(("•", line) for line in lines)


def pairs(lines: Iterable[tuple[str, str]]) -> QWidget:
    """Words with what they stand for at their left."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for at, (mark, words) in enumerate(lines):
        grid.addWidget(Label(mark, "secondary"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(plain(words), at, 1)
    return box


def staff_box(scenario: Scenario) -> QWidget:
    """All that is for staff, in a frame that says so."""
    box = QFrame()
    box.setProperty("part", "staff")
    box.setAccessibleName("For staff only")
    column = QVBoxLayout(box)
    column.setContentsMargins(12, 8, 12, 12)
    column.setSpacing(6)
    column.addWidget(Label("For staff only: whoever plays should not read on.", "small_strong", wrap=True))
    for part in staff_parts(scenario):
        column.addWidget(part)
    return box


def _seats(scenario: Scenario) -> Sequence[str]:
    said = []
    for role in scenario.roles:
        notes = [f"{role.seats} seats"] if role.seats > 1 else []
        notes += ["staff"] if role.staff else []
        said.append(f"{role.title}{f' ({listed(notes)})' if notes else ''}")
    return said


def _when(inject: Inject) -> str:
    if inject.at_s is not None:
        return sim_time(inject.at_s * 1000)[:-3]
    return f"after {inject.after.ref}" if inject.after is not None else ""


def _inject_words(scenario: Scenario, inject: Inject) -> str:
    text = one_line(scenario.filled(inject.subject or inject.body or inject.notes))
    shown = text if len(text) <= _TITLE_MOST else f"{text[:_TITLE_MOST]}…"
    count = len(inject.expect)
    expected = f" · {count} expected" if count else ""
    return f"{inject.id}  {shown}{expected}"
