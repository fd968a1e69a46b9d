"""The two tables of a replay: what had happened by then, and how each expectation stood."""

from PySide6.QtWidgets import QAbstractItemView

from desktop.domain.drill_replay import Stood, Told, clock
from desktop.ui.drill import after_words as words
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_TONE_WORDS = {
    "inject": "Inject", "player": "Players", "decision": "Decision", "staff": "Staff", "clock": "Clock",
}  # fmt: skip
_TONE_MARKS = {"inject": "drill.fill", "player": "primary.bar", "decision": "text.danger"}
_WORD_MARKS = {
    "met": "text.success", "clean": "text.success", "late": "text.warning", "missed": "text.danger",
    "violated": "text.danger", "open": "primary.bar",
}  # fmt: skip


def made_feed(around: Surroundings) -> RowTable[Told]:
    """What had happened, newest last."""
    columns: tuple[Column[Told], ...] = (
        Column("Time", lambda each: clock(each.sim_ms), width=90),
        Column("What happened", lambda each: one_line(each.words), tip=lambda each: each.words),
        Column("Who", lambda each: _TONE_WORDS[each.tone], width=84),
    )
    model = TwoLineModel(columns, step=_feed_mark, sentence=_feed_sentence, strong=())
    return _made(around, model, "What had happened by then")


def made_standing(around: Surroundings) -> RowTable[Stood]:
    """How the expectations stood, in the order of the scenario."""
    columns: tuple[Column[Stood], ...] = (
        Column("Act", lambda each: each.id, width=74),
        Column("Expected", lambda each: one_line(each.text), tip=lambda each: each.text),
        Column("Stood", lambda each: words.STATUS_WORDS[each.word], width=110),
        Column("Score", lambda each: words.number(each.score), width=64, align_right=True),
    )
    model = TwoLineModel(columns, step=_stood_mark, sentence=_stood_sentence, strong=(2,))
    return _made(around, model, "How it stood then")


def _made(around: Surroundings, model: TwoLineModel, name: str) -> RowTable:  # type: ignore[type-arg]
    table: RowTable = RowTable(model, around.theme, name, key=_key, stretch=1)  # type: ignore[type-arg]
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    around.actions.give_page_letters_to(table)
    return table


def _key(row: Told | Stood) -> object:
    return row.seq if isinstance(row, Told) else row.id


def _feed_mark(each: Told) -> tuple[str, int]:
    return _TONE_MARKS.get(each.tone, ""), -1


def _stood_mark(each: Stood) -> tuple[str, int]:
    return _WORD_MARKS.get(each.word, ""), -1


def _feed_sentence(each: Told) -> str:
    return f"{clock(each.sim_ms)}, {_TONE_WORDS[each.tone]}: {one_line(each.words)}"


def _stood_sentence(each: Stood) -> str:
    score = "" if each.score is None else f", {each.score} of 1,000"
    return f"{each.id}, {one_line(each.text)}: {words.STATUS_WORDS[each.word]}{score}"
