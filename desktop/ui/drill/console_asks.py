"""What the console asks before it does something: a reason, a time, words for the players, a code."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.drill_log import MISSED, MOVED, NOT_EXERCISED
from desktop.domain.drill_record import NoteKind
from desktop.domain.drill_view import DrillView, ExpectationLine, InjectLine
from desktop.domain.drill_words import GAPS, RATINGS, Channel
from desktop.domain.errors import DeskError
from desktop.ui.drill.console_deeds import Deeds
from desktop.ui.drill.console_words import category_title, read_span, sim_clock
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.prompt import PromptField
from desktop.ui.kit.suggest import Suggestion

_TIMES = "mm:ss, h:mm:ss or minutes"
_DEADLINES = ((MOVED, "Move them along"), (NOT_EXERCISED, "Not exercised"), (MISSED, "Missed"))


class Asks(QObject):
    """One small form over the console at a time; each ends in a command.

    Signals:
        gap_chosen: (str code) for the note in the box.
        told: (str) what is done now.
    """

    gap_chosen = Signal(str)
    told = Signal(str)

    def __init__(self, page: QWidget, deeds: Deeds) -> None:
        super().__init__(page)
        self._box = AskBox(page)
        self._deeds = deeds
        self._about = ""
        self._was: ExpectationLine | None = None
        self._box.answered.connect(self._answer)
        self._ways: dict[str, Callable[[Mapping[str, str], DrillView], None]] = {
            "skip": self._skip,
            "postpone": self._postpone,
            "jump": self._jump,
            "improvise": self._improvise,
            "backdate": self._backdate,
            "adjust": self._adjust,
            "gap": self._gap,
            "decision": self._decision,
        }

    @property
    def box(self) -> AskBox:
        """The form."""
        return self._box

    def skip(self, line: InjectLine) -> None:
        """Why an inject is left out."""
        self._about = line.id
        self._box.ask(
            "skip", f"Skip {line.id}", [PromptField("reason", "Reason", hint="The report shows it.")],
            "Skip the inject", concerns=line.id, about=line.title[:200],
        )  # fmt: skip

    def postpone(self, line: InjectLine, view: DrillView) -> None:
        """When it comes instead."""
        self._about = line.id
        at_ms = max(line.due_ms or 0, view.sim_ms) + 300_000
        field = PromptField("to", "At T+", value=sim_clock(at_ms).removeprefix("T+"), hint=_TIMES)
        self._box.ask("postpone", f"Postpone {line.id}", [field], "Postpone", about=line.title[:200])

    def jump(self, view: DrillView) -> None:
        """Where to, and what becomes of what is open."""
        is_open = sum(each.state == "open" and not each.is_negative for each in view.expectations)
        fields = [
            PromptField("to", "Jump to T+", required=False, hint=f"{_TIMES}; empty: the next inject"),
            PromptField("deadlines", "Open deadlines", "segments", _DEADLINES, MOVED,
                        hint=f"{is_open} open now. What is passed by the way is held for you."),
        ]  # fmt: skip
        self._box.ask(
            "jump", "Jump forward", fields, "Jump", text=f"The drill is at {sim_clock(view.sim_ms)}."
        )

    def improvise(self, view: DrillView) -> None:
        """What the players get that nobody had written down."""
        seats = [("", "Everybody")] + [(each.role, each.title) for each in view.seats if not each.is_staff]
        channels = [(str(each), str(each).capitalize()) for each in Channel if each is not Channel.NONE]
        fields = [
            PromptField("body", "Text", "text", hint="The players read this."),
            PromptField("subject", "Subject", required=False),
            PromptField("channel", "By", "choice", channels, "chat"),
            PromptField("source", "From", required=False),
            PromptField("to", "To", "choice", seats, required=False),
        ]
        self._box.ask("improvise", "Inject something now", fields, "Send to the players")

    def backdate(self, line: ExpectationLine, view: DrillView) -> None:
        """When an action was seen."""
        self._about = line.id
        text = f"It is {sim_clock(view.sim_ms)}. The time is marked as back-dated."
        field = PromptField("ago", "How long ago", value="1:00", hint=_TIMES)
        self._box.ask("backdate", f"Tick {line.id} for earlier", [field], "Tick it", text=text,
                      about=line.text[:200])  # fmt: skip

    def adjust(self, line: ExpectationLine) -> None:
        """A rating or a time in place of what was found; the number itself is never typed."""
        self._about, self._was = line.id, line
        fields = [
            PromptField("rating", "Rating", "segments", [(each, each) for each in RATINGS], required=False),
            PromptField("time", "Time it took", required=False, hint=f"{_TIMES} after the inject"),
            PromptField("reason", "Reason", hint="The report shows it beside the adjusted result."),
        ]
        self._box.ask(
            "adjust", f"Adjust {line.id}", fields, "Adjust", concerns=line.id, about=line.text[:200]
        )

    def gap(self, words: str) -> None:
        """Which gap a note shows."""
        field = PromptField("code", "Gap", make=_gap_field, hint="Type any word of it, or its code.")
        self._box.ask("gap", "Save the note as a gap", [field], "Save as gap", about=words[:200])

    def decision(self, view: DrillView, inject: str) -> None:
        """What was decided, where no decision is asked for: it is kept as a note."""
        self._about = inject
        fields = [PromptField("text", "What was decided")]
        text = f"Nothing is to be decided now: your words are kept as a note at {sim_clock(view.sim_ms)}."
        self._box.ask("decision", "Record a decision", fields, "Record", concerns=inject, text=text)

    def _answer(self, key: str, answers: dict[str, str]) -> None:
        view = self._deeds.view
        if view is None:
            return
        try:
            self._ways[key](answers, view)
        except DeskError as error:
            self._box.fail(error)
        else:
            self._box.close()

    def _skip(self, answers: Mapping[str, str], _view: DrillView) -> None:
        self._deeds.do("skip", self._about, answers["reason"].strip())

    def _postpone(self, answers: Mapping[str, str], view: DrillView) -> None:
        to_ms = _read(answers["to"], "to") * 1000
        if to_ms <= view.sim_ms:
            raise DeskError("That time has passed.", field="to", hint="Choose a later one, or fire it now.")
        self._deeds.do("postpone", self._about, to_ms)

    def _jump(self, answers: Mapping[str, str], view: DrillView) -> None:
        deadlines = answers["deadlines"] or MOVED
        if not answers["to"].strip():
            self._deeds.do("jump_to_next", deadlines=deadlines)
            return
        to_ms = _read(answers["to"], "to") * 1000
        if to_ms <= view.sim_ms:
            raise DeskError("A drill jumps forward only.", field="to", hint="Choose a later time.")
        self._deeds.do("jump", to_ms, deadlines=deadlines)

    def _improvise(self, answers: Mapping[str, str], view: DrillView) -> None:
        everybody = tuple(each.role for each in view.seats if not each.is_staff)
        to = (answers["to"],) if answers["to"] else everybody
        said = {key: answers[key].strip() for key in ("channel", "source", "subject", "body")}
        self._deeds.do("improvise", to=to, **said)

    def _backdate(self, answers: Mapping[str, str], view: DrillView) -> None:
        at_s = view.sim_ms // 1000 - _read(answers["ago"], "ago")
        if at_s < 0:
            raise DeskError("The drill had not begun then.", field="ago", hint="Choose a shorter time.")
        self._deeds.do("observe", self._about, at_s=at_s)

    def _adjust(self, answers: Mapping[str, str], _view: DrillView) -> None:
        rating, time = answers["rating"], answers["time"].strip()
        if not rating and not time:
            raise DeskError("Give a rating or a time.", field="rating")
        t_s = _read(time, "time") if time else None
        self._deeds.do("override", self._about, answers["reason"].strip(), rating=rating, t_s=t_s)

    def _gap(self, answers: Mapping[str, str], _view: DrillView) -> None:
        self.gap_chosen.emit(answers["code"])

    def _decision(self, answers: Mapping[str, str], _view: DrillView) -> None:
        links = (self._about,) if self._about else ()
        self._deeds.do("note", f"Decision: {answers['text'].strip()}", kind=NoteKind.FACT, links=links)
        self.told.emit("The decision is kept as a note.")


def _gap_field() -> PickField:
    return PickField(gap_suggestions())


def gap_suggestions() -> Sequence[Suggestion]:
    """Every code with what it means and its category."""
    return tuple(
        Suggestion(code, f"{code} {title}", category_title(code))
        for codes in GAPS.values()
        for code, title in codes.items()
    )


def _read(text: str, field: str) -> int:
    seconds = read_span(text)
    if seconds is None:
        raise DeskError("That is no time.", field=field, hint="Write 2:30, 1:02:05 or minutes.")
    return seconds
