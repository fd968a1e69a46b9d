"""Joins a running drill to the window of its players: bar, inbox, news, and what may be done when."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QToolBar, QWidget

from desktop.domain.drill_mark import marked_title
from desktop.domain.drill_view import PlayerView, Received
from desktop.ui.drill import player_words as words
from desktop.ui.drill.live import LiveDrill
from desktop.ui.drill.player_bar import PlayerBar
from desktop.ui.drill.player_inbox import PlayerInbox
from desktop.ui.drill.player_news import PlayerNews
from desktop.ui.drill.player_room import RoomHead
from desktop.ui.sound import Sounder
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow
from desktop.wiring.drill_acting import DrillActing
from desktop.wiring.drill_filing import DrillFiling
from desktop.wiring.drill_holding import DrillHolding
from desktop.wiring.ports import ScreensApart

INBOX, STOP = "page.inbox", "drill.stop"


class DrillSteering(QObject):
    """Everything of the players' window that the live desk's window has not."""

    def __init__(
        self,
        live: LiveDrill,
        filing: DrillFiling,
        is_loud: Callable[[], bool],
        window: MainWindow,
        around: Surroundings,
        screens: ScreensApart,
    ) -> None:
        super().__init__(window)
        self._live = live
        self.filing = filing
        self._window = window
        self._around = around
        self._screens = screens
        self._acting = ""
        self._is_titled = self._is_over = False
        self._hints = -1
        self.acting = DrillActing(live, self)
        self.bar = PlayerBar(around)
        self.inbox = PlayerInbox(around)
        self.news = PlayerNews(Sounder(parent=self), is_loud, self._is_held, self)
        self._put_in()
        self.holding = DrillHolding(window, self.inbox, around.theme)
        screens.room_head = self._room_head
        self._connect()
        screens.start_apart()
        if live.player is not None:
            self._show(live.player)
        window.pages.go_to(INBOX)
        QTimer.singleShot(0, self._keep_on_screen)  # once the bar has taken its room

    def _put_in(self) -> None:
        window = self._window
        bar = QToolBar("Drill", window)
        bar.setMovable(False)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.toggleViewAction().setVisible(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setProperty("part", "drill")
        bar.addWidget(self.bar)
        if (layout := bar.layout()) is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, bar)
        window.leaving.decide()  # what the drill's clocks still have to say nobody misses
        window.pages.add(INBOX, self.inbox)
        window.dispatcher.add_handlers({STOP: self._live.stop_for_real})

    def _connect(self) -> None:
        live, window = self._live, self._window
        live.player_viewed.connect(self._show)
        live.fired.connect(self.news.tell)
        live.fired.connect(self._note_fired)
        live.stopped_for_real.connect(self._leave)
        window.closing.connect(self._close)
        self.news.said.connect(self._tell)
        self.bar.inbox_requested.connect(self._go_to_inbox)
        self.holding.veil.inbox_requested.connect(self._go_to_inbox)
        self.acting.refused.connect(window.telling.show_error)
        self.bar.seat_chosen.connect(self.acting.act_as)
        self.bar.page_requested.connect(self._go_to_page)
        self.inbox.seat_wanted.connect(self.acting.act_as)
        self.bar.hint_requested.connect(self.acting.ask_hint)
        self.bar.stop_requested.connect(live.stop_for_real)
        self.inbox.decided.connect(self.acting.decide)
        self.inbox.replied.connect(self.acting.reply)
        self.inbox.look_up.asked.connect(self.acting.ask_for)
        self.inbox.look_up.doubted.connect(self.acting.doubt)
        self.inbox.message_requested.connect(window.telling.say)
        self.inbox.file_wanted.connect(self._file)
        self.inbox.unread_changed.connect(self._count)

    # ---- how it stands

    def _show(self, view: PlayerView) -> None:
        if not self._is_titled:
            self._is_titled = True
            title = f"{one_line(view.title[:120])} — Escalation Desk"
            self._window.setWindowTitle(marked_title(title, words.mark_of(view)))
        self.bar.show_view(view)
        self.inbox.show_view(view)
        self._show_hint(view)
        if view.acting != self._acting:
            self._acting = view.acting
            self._follow_seat()
        self.holding.follow(view.state)

    def _show_hint(self, view: PlayerView) -> None:
        """A hint stays over every page until it is put away; the briefing keeps them all."""
        if 0 <= self._hints < len(view.hints):
            self._window.banners.show_banner("drill:hint", f"Hint: {one_line(view.hints[-1][:400])}", "info")
            self._around.announcer.say(self.bar, f"Hint: {one_line(view.hints[-1][:400])}")
        self._hints = len(view.hints)

    def _go_to_page(self) -> None:
        """The keyboard goes back to the page in sight."""
        focus_first = getattr(self._window.pages.current, "focus_first", None)
        if focus_first is not None:
            focus_first()

    def _follow_seat(self) -> None:
        """Somebody else works at the desk: everything that says so looks again."""
        self._window.board.set_operator()
        self._window.board.refresh()
        for each in self._screens.showing_operator:
            each.refresh()

    def _note_fired(self, came: Sequence[Received]) -> None:
        """The first thing that comes is read at once by whoever looks at the inbox."""
        if came and self.inbox.isVisible() and self.inbox.list.current is None:
            self.inbox.show_number(came[-1].number)

    def _tell(self, sentence: str) -> None:
        """In passing, or to the ear alone where the inbox itself shows it."""
        if self.inbox.isVisible():
            self._around.announcer.say(self.inbox, sentence)
        else:
            self._window.telling.say(sentence)

    def _count(self, unread: int) -> None:
        self.bar.set_unread(unread)
        self._window.side.set_count(INBOX, unread, word="unread")

    def _keep_on_screen(self) -> None:
        """The bar makes the window higher than it was placed: nothing of it may hang over the edge."""
        window = self._window
        room, frame = window.screen().availableGeometry(), window.frameGeometry()
        over = frame.bottom() - room.bottom()
        if over > 0 and not window.isMaximized():
            window.move(window.x(), max(room.top(), window.y() - over))

    def _go_to_inbox(self) -> None:
        self._window.pages.go_to(INBOX)

    def _file(self, got: Received) -> None:
        self.filing.ask(got, self.inbox.reader.file)

    # ---- the room, and the end

    def _room_head(self, theme: Theme) -> QWidget:
        head = RoomHead(self._live, theme)
        head.addAction(self._around.actions[STOP])  # its keys work in the room's window too
        return head

    def _is_held(self) -> bool:
        return self._around.actions["presentation"].isChecked()

    def _leave(self, _sim_ms: int) -> None:
        """Something real happens: away with this window, the person wants the other one."""
        self._is_over = True
        self._window.close_without_question()

    def _close(self) -> None:
        if not self._is_over:
            self.acting.wait()
        self._is_over = True
