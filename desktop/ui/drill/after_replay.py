"""A run watched again: to and fro in its time, how it stood then, and on from there otherwise."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.domain.drill_replay import Moment, Replay, clock
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_ports import AfterFound
from desktop.ui.drill.replay_slider import GRIP, TimeSlider
from desktop.ui.drill.replay_tables import made_feed, made_standing
from desktop.ui.drill.replay_timeline import ReplayTimeline
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_SPEEDS = (1, 2, 5, 10, 30, 60)
_USUAL = 10
_BEAT_MS = 100


class ReplayTab(QWidget):
    """Plays a log; stops at decisions.

    Signals:
        fork_wanted: (int seq) a new run is to go on from this entry.
    """

    fork_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._found: AfterFound | None = None
        self._replay: Replay | None = None
        self._moment: Moment | None = None
        self._position_ms = 0.0
        self._beat_at_s = 0.0
        self.timeline = ReplayTimeline(around.theme)
        self.slider = TimeSlider(around.theme)
        self.now = Label("", "title")
        self.standing_now = Label("", "strong")
        self.stopped = Label("", "secondary", wrap=True)
        self.play = Button("Play", "primary", keys="Space")
        self.back = Button("Decision before")
        self.forward = Button("Next decision")
        self.speed = Choice("Speed of the replay", least=4)
        self.speed.offer([(each, f"{each}×") for each in _SPEEDS])
        self.speed.set_value(_USUAL)
        self.fork = Button("Go on from here…")
        self.fork_note = Label("", "secondary", wrap=True)
        self.feed = made_feed(around)
        self.standing = made_standing(around)
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._lay_out()
        self._timer.timeout.connect(self.beat)
        self.timeline.wanted.connect(self.go_to_time)
        self.slider.moved.connect(self._slide)
        self.play.clicked.connect(self.toggle)
        self.back.clicked.connect(self._go_back)
        self.forward.clicked.connect(self._go_forward)
        self.feed.opened.connect(self._go_to_row)
        self.fork.clicked.connect(self._fork)

    def show_found(self, found: AfterFound, replay: Replay) -> None:
        """Show one run; the place stays while it is the same."""
        before = self._found
        is_same = before is not None and before.run.id == found.run.id
        if before is not None and is_same and before.log == found.log:
            self._found = found
            self._follow_fork()
            return
        at_ms = round(self._position_ms) if is_same else 0
        self.pause()
        self._found, self._replay = found, replay
        self.slider.setRange(0, max(replay.end_ms // 1000, 1))
        kept = [found.log[seq - 1].sim_ms for seq in found.forkable if 0 < seq <= len(found.log)]
        self.timeline.show_run(replay.told, replay.end_ms, kept)
        self.go_to_time(at_ms)

    def go_to_time(self, sim_ms: int) -> None:
        """Stand at a time of the drill."""
        if self._replay is not None:
            self._stand(self._replay.seq_at(sim_ms), sim_ms)

    def go_to(self, seq: int) -> None:
        """Stand right after an entry of the log."""
        if self._replay is not None and 0 < seq <= len(self._replay.told):
            self.pause()
            self._stand(seq, self._replay.told[seq - 1].sim_ms)

    @property
    def moment(self) -> Moment | None:
        """How it stands now."""
        return self._moment

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play or pause; at the end, from the beginning."""
        if self.is_playing:
            self.pause()
        elif self._replay is not None:
            if self._position_ms >= self._replay.end_ms:
                self.go_to_time(0)
            self._beat_at_s = self._around.clock.monotonic()
            self._timer.start()
            self._say_stopped("")
            self.play.set_text("Pause")

    def pause(self) -> None:
        """Stand still."""
        self._timer.stop()
        self.play.set_text("Play")

    def beat(self) -> None:
        """Let the time that has passed pass here as well, faster; stop at a decision and at the end."""
        if self._replay is None or not self.is_playing:
            return
        now_s = self._around.clock.monotonic()
        passed_ms = (now_s - self._beat_at_s) * 1000 * int(str(self.speed.value()))
        self._beat_at_s = now_s
        until_ms = min(self._position_ms + passed_ms, float(self._replay.end_ms))
        stop = self._replay.next_stop(round(self._position_ms), round(until_ms))
        if stop is not None:
            self.go_to(stop.seq)
            self._say_stopped(f"Stopped at a decision. {one_line(stop.words)}")
            return
        self._position_ms = until_ms
        self._stand(self._replay.seq_at(round(until_ms)), until_ms)
        if until_ms >= self._replay.end_ms:
            self.pause()

    def focus_first(self) -> None:
        """Take the focus where watching begins."""
        self.slider.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pause()

    def _stand(self, seq: int, sim_ms: float) -> None:
        if self._replay is None:
            return
        self._position_ms = float(sim_ms)
        self._moment = self._replay.moment(seq, round(sim_ms))
        self.now.setText(clock(round(sim_ms)))
        self.slider.show_at(round(sim_ms) // 1000)
        self.slider.setAccessibleDescription(clock(round(sim_ms)))
        self.timeline.set_now(round(sim_ms))
        so_far = f"{words.number(self._moment.overall)} {self._moment.band}".strip()
        self.standing_now.setText(f"{so_far} · {self._moment.scored} settled")
        if len(self.feed.model().rows) != seq:  # type: ignore[attr-defined] # RowTable's own model
            self.feed.show_rows(self._replay.told[:seq])
            if seq:
                self.feed.selectRow(seq - 1)
        self.standing.show_rows(self._moment.expectations)
        stops = self._replay.stops
        self.back.setEnabled(any(stop < seq for stop in stops))
        self.forward.setEnabled(any(stop > seq for stop in stops))
        self._follow_fork()

    def _say_stopped(self, sentence: str) -> None:
        self.stopped.setText(sentence)
        self.stopped.setVisible(bool(sentence))
        if sentence:
            self._around.announcer.say(self, sentence, about="replay")

    def _follow_fork(self) -> None:
        found, seq = self._found, self.fork_seq()
        if found is None or found.why_no_fork or not seq:
            self.fork.setEnabled(False)
            why = found.why_no_fork if found is not None else ""
            self.fork_note.setText(why or "There is no kept moment before this one to go on from.")
            return
        self.fork.setEnabled(True)
        at = clock(found.log[seq - 1].sim_ms)
        self.fork_note.setText(f"A practice run begins at {at}, the last kept moment before this one.")

    def fork_seq(self) -> int:
        """The entry a new run would go on from: the last kept one before what is to be tried."""
        if self._found is None or self._moment is None or self._replay is None:
            return 0
        at = self._moment.seq
        last = at - 1 if at in self._replay.stops else at
        return max((seq for seq in self._found.forkable if seq <= last), default=0)

    def _go_back(self) -> None:
        self._go_to_stop(forward=False)

    def _go_forward(self) -> None:
        self._go_to_stop(forward=True)

    def _go_to_stop(self, *, forward: bool) -> None:
        if self._replay is None or self._moment is None:
            return
        at = self._moment.seq
        found = [seq for seq in self._replay.stops if (seq > at if forward else seq < at)]
        if found:
            self.go_to(found[0] if forward else found[-1])

    def _slide(self, second: int) -> None:
        self.pause()
        self.go_to_time(second * 1000)

    def _go_to_row(self) -> None:
        row = self.feed.current()
        if row is not None:
            self.go_to(row.seq)

    def _fork(self) -> None:
        self.pause()
        if self.fork_seq():
            self.fork_wanted.emit(self.fork_seq())

    def _lay_out(self) -> None:
        head = Section()
        head.set_tight()
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in (self.play, self.speed, self.back, self.forward):
            line.addWidget(part)
        self.speed.setMaximumWidth(90)
        line.addStretch(1)
        line.addWidget(self.standing_now)
        line.addSpacing(12)
        line.addWidget(self.now)
        head.body.addLayout(line)
        head.body.addWidget(self.timeline)
        left, right = self.timeline.inset()
        under = QHBoxLayout()
        under.setContentsMargins(left - GRIP, 0, right - GRIP, 0)
        under.addWidget(self.slider)
        head.body.addLayout(under)
        self.stopped.hide()
        last = QHBoxLayout()
        last.setSpacing(12)
        last.addWidget(self.fork)
        last.addWidget(self.fork_note, 1)
        head.body.addLayout(last)
        head.body.addWidget(self.stopped)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.feed)
        split.addWidget(self.standing)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(split, 1)
