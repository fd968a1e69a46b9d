"""Photographs every screen of the sample desk, in every theme and at two sizes.

    python -m tests.support.tour FOLDER [--theme light] [--size 1440x900] [--only WORD] [--readme]

writes FOLDER/light-1440x900/01-board.png and so on; --only takes the scenes whose names hold the word,
--readme writes the pictures of the README into resources/pictures instead.
"""

import argparse
import json
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

from db.engine import open_store
from desktop.domain.clock import SystemClock
from desktop.services import sample
from desktop.services.settings import SettingsService
from tests.support import drill_sample, rule_feed, tool_feed
from tests.support.virtual_desktop import VirtualDesktop

THEMES = ("light", "dark", "high_contrast")
SIZES = ((1440, 900), (1024, 768))
PICTURES = Path(__file__).resolve().parents[2] / "resources" / "pictures"
_TITLE = "^Escalation Desk$"
_PLAYERS = "^DRILL"
_PLACE = re.compile(r"(Absolute upper-left [XY]|Width|Height): +(-?\d+)")
_KEYS = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
_FRAME = 60  # pixels that the window manager wants around the window
_STILL_S = 0.7  # after this, pages are read and nothing pulses any more


_SAMPLE = """{"trigger": "Free disk space is less than 20% on db-01", "trigger_id": "77",
 "status": "PROBLEM", "severity": "High", "host": {"name": "db-01", "ip": "192.0.2.7"},
 "item": "vfs.fs.size[/,pfree]"}"""


class Guide:
    """Leads through one desk in one theme at one size; takes pictures of the window alone."""

    def __init__(self, desktop: VirtualDesktop, database: Path, size: tuple[int, int]) -> None:
        self._desktop = desktop
        self.database = database
        self._wire = str(desktop.folder / "eye")
        trace = desktop.folder / "trace"
        desktop.environment["ESCALATION_DESK_TRACE"] = str(trace)
        desktop.start(
            sys.executable, "-m", "tests.support.watched_desk", self._wire, "--database", str(database)
        )
        desktop.wait_until(lambda: trace.exists() and "all_ready" in trace.read_text(), "everything", 60)
        self._window = desktop.wait_for_window(_TITLE)
        desktop.output("xdotool", "windowsize", "--sync", self._window, *map(str, size))
        desktop.focus(self._window)
        desktop.wait_until(lambda: self.ask("focus"), "keyboard in the window")
        self.rest(2.0)

    def ask(self, *request: object) -> Any:
        """What the eye inside the program answers; see watched_desk."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(30)
            line.connect(self._wire)
            line.sendall(json.dumps(request).encode() + b"\n")
            heard = b""
            while not heard.endswith(b"\n"):
                heard += line.recv(1 << 16)
        return json.loads(heard)

    @staticmethod
    def rest(seconds: float = _STILL_S) -> None:
        """Let the screen come to rest."""
        Event().wait(seconds)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        self._desktop.press_keys(*keys)
        self.rest(0.25)

    def type(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        self._desktop.type_text(text)
        self.rest(0.5)

    def command(self, words: str) -> None:
        """Run a command by its words, through the palette."""
        self.press("ctrl+k")
        self.type(words)
        self.press("Return")
        self.rest()

    def shows(self, title: str) -> bool:
        """Whether there is a window of that title."""
        return bool(self._desktop.windows(title))

    def turn_to(self, title: str, size: bool = False) -> None:
        """Take pictures of the window of that title from now on, of the first one's size if wanted."""
        before, self._window = self._window, self._desktop.wait_for_window(title, 60)
        if size:
            said = self._desktop.output("xwininfo", "-id", before)
            place = dict(_PLACE.findall(said))
            width, height = place["Width"], place["Height"]
            self._desktop.output("xdotool", "windowsize", "--sync", self._window, width, height)
            self._desktop.output("xdotool", "windowmove", "--sync", self._window, "20", "30")
        self._desktop.focus(self._window)
        self.rest(1.5)

    def home(self) -> None:
        """The board, nothing filtered, nothing open above it."""
        self.press("Escape", "Escape", "ctrl+1", "shift+Escape", "Escape")
        self.rest(0.4)

    def picture(self, file: Path) -> None:
        """What the window shows, popups above it included."""
        self.rest()
        said = self._desktop.output("xwininfo", "-id", self._window)
        place = {words: int(number) for words, number in _PLACE.findall(said)}
        x, y, width, height = (place[key] for key in _KEYS)
        part = f"{width}x{height}+{x}+{y}"
        self._desktop.screenshot(file)
        self._desktop.output("mogrify", "-crop", part, "+repage", str(file))


def _board(_guide: Guide) -> None:
    """As it is when the desk is opened."""


def _details(guide: Guide) -> None:
    guide.press("ctrl+j")


def _table(guide: Guide) -> None:
    guide.command("table")


def _compact(guide: Guide) -> None:
    guide.command("compact")


def _comfortable(guide: Guide) -> None:
    guide.command("comfortable")


def _filtered(guide: Guide) -> None:
    guide.press("slash")
    guide.type("refund")


def _nothing_matches(guide: Guide) -> None:
    guide.press("slash")
    guide.type("no such thing anywhere")


def _palette(guide: Guide) -> None:
    guide.press("ctrl+k")
    guide.type("sno")


def _keys(guide: Guide) -> None:
    guide.press("ctrl+slash")


def _prompt(*keys: str) -> Callable[[Guide], None]:
    def ask(guide: Guide) -> None:
        guide.press("ctrl+j", *keys)

    return ask


def _intake(guide: Guide) -> None:
    guide.press("ctrl+n")


def _intake_filled(guide: Guide) -> None:
    guide.press("ctrl+n")
    guide.type("kestrel")
    guide.press("Return", "Tab")
    guide.type("Invoices are sent twice since the update")
    guide.press("Tab", "Tab", "Tab", "2", "Tab", "4", "Tab", "3")
    guide.rest(1.5)


def _details_tab(tab: int) -> Callable[[Guide], None]:
    def go(guide: Guide) -> None:
        guide.press("ctrl+j")
        guide.ask("tab", tab)

    return go


def _messages_tab(guide: Guide) -> None:
    _details_tab(3)(guide)
    guide.rest(1.0)
    guide.ask("reveal", "Write a message")


def _writing(*deeds: str) -> Callable[[Guide], None]:
    """A message being written; a deed that begins with a capital is a key, any other is typed."""

    def go(guide: Guide) -> None:
        guide.press("Escape", "ctrl+1", "ctrl+j", "u")
        guide.rest(1.5)
        for deed in deeds:
            if deed[0].isupper() or deed in ("shift+Tab", "space"):
                guide.press(deed)
            else:
                guide.type(deed)
            guide.rest(0.8)

    return go


def _page(page: str, tab: int = 0) -> Callable[[Guide], None]:
    def go(guide: Guide) -> None:
        guide.ask("page", f"page.{page}")
        guide.rest(0.3)
        if tab:
            guide.ask("tab", tab)

    return go


def _drills(*places: int, deeds: tuple[str, ...] = ()) -> Callable[[Guide], None]:
    """A tab of the drills, one of the tabs within it, and buttons pressed there."""
    names = ("What about drills", "After the drill" if places[:1] == (2,) else "Gaps")

    def go(guide: Guide) -> None:
        _page("drill")(guide)
        guide.rest(1.0)
        for at, name in zip(places, names, strict=False):
            guide.ask("tab", at, name)
            guide.rest(1.0)
        for deed in deeds:
            guide.ask("click", deed)
            guide.rest(0.8)

    return go


def _drill(*deeds: str) -> Callable[[Guide], None]:
    """A drill set up from the library, and buttons pressed on the way; talked through: no second window."""

    def go(guide: Guide) -> None:
        guide.press("ctrl+shift+n")
        guide.rest(1.5)
        for deed in ("Start a drill", *deeds):
            guide.ask("click", deed)
            guide.rest(1.2)

    return go


def _drill_stopped(guide: Guide) -> None:
    guide.press("ctrl+shift+x")
    guide.rest(1.0)


def _scenario(part: int, *deeds: str) -> Callable[[Guide], None]:
    """A part of the editor of scenarios; a deed with a dot is gone to, any other is a button."""

    def go(guide: Guide) -> None:
        _page("drill")(guide)
        guide.rest(1.0)
        for button in ("Edit", "Go on with the draft"):  # open already from the scene before
            guide.ask("click", button)
        guide.rest(1.5)
        guide.ask("tab", part, "Parts of the scenario")
        for deed in deeds:
            guide.rest(0.8)
            guide.ask("reveal" if deed.startswith(".") else "click", deed.removeprefix("."))
        guide.rest(0.8)

    return go


def _past(*deeds: str) -> Callable[[Guide], None]:
    """The most urgent escalation on its way to become a drill; each deed is a button."""

    def go(guide: Guide) -> None:
        guide.press("ctrl+j")
        guide.rest(0.6)
        guide.command("turn into a drill")
        guide.rest(1.5)
        for deed in deeds:
            guide.ask("click", deed)
            guide.rest(1.0)

    return go


def _source(kind: str, *typed: str) -> Callable[[Guide], None]:
    def go(guide: Guide) -> None:
        _page("signals", 2)(guide)
        guide.ask("click", "Cancel")  # of the form that may be open from the scene before
        guide.ask("click", "Add source…")
        guide.ask("choose", "Kind", kind)
        for text in typed:
            guide.type(text)
            guide.press("Tab")

    return go


def _mapping(guide: Guide) -> None:
    _source("Any JSON")(guide)
    guide.ask("choose", "Start from", "Zabbix")
    guide.ask("type", "Sample", _SAMPLE)


def _rule(*buttons: str) -> Callable[[Guide], None]:
    def go(guide: Guide) -> None:
        guide.ask("click", "Close")  # of what may be open from the scene before
        _page("rules", 0)(guide)
        guide.rest(0.5)
        for button in buttons:
            guide.ask("click", button)
            guide.rest(0.5)

    return go


def _window(guide: Guide) -> None:
    _rule()(guide)
    guide.ask("tab", 2)
    guide.rest(0.5)
    guide.ask("click", "Plan")


def _roster(*deeds: str) -> Callable[[Guide], None]:
    """The plan of who is on call; a deed in small letters is a key, any other a button."""

    def go(guide: Guide) -> None:
        guide.ask("click", "Close")  # of the editor, which may be open from the scene before
        _page("roster")(guide)
        guide.ask("tab", 0)
        guide.rest(0.5)
        for deed in deeds:
            if deed.islower() or deed == "Right":
                guide.press(deed)
            else:
                guide.ask("click", deed)
            guide.rest(0.5)

    return go


_TABS = "Timeline, evidence, actions"


def _family(tab: int = 0) -> Callable[[Guide], None]:
    """A parent, which the feed makes of what came from outside."""

    def go(guide: Guide) -> None:
        with closing(open_store(guide.database)) as store, store.read() as session:
            row = session.sql("SELECT max(parent_id) FROM escalation").fetchone()
        if row[0] is not None:
            guide.ask("open", row[0])
            guide.rest()
            guide.ask("tab", tab)
            if tab:
                guide.rest()
                guide.ask("reveal", _TABS)

    return go


def _evidence_text(guide: Guide) -> None:
    _family(1)(guide)
    guide.ask("click", "Show text")
    guide.rest()
    guide.ask("reveal", "Evidence as text")


def _similar(guide: Guide) -> None:
    _family()(guide)
    guide.command("show similar")


def _whom(guide: Guide) -> None:
    guide.press("ctrl+j")
    guide.command("whom to call")
    guide.press("Down", "Down")
    guide.ask("click", "Assign to")


def _sandbox(guide: Guide) -> None:
    _page("signals", 3)(guide)
    guide.rest()
    guide.ask("click", "Replay in sandbox")
    guide.rest(3.0)


def _settings_step(guide: Guide) -> None:
    _page("settings", 6)(guide)
    guide.ask("click", "Add step…")


def _settings_forecast(guide: Guide) -> None:
    _page("settings", 6)(guide)
    guide.rest()
    guide.ask("reveal", "Who would be told now and when")


def _settings_person(guide: Guide) -> None:
    _page("settings")(guide)
    guide.ask("tab", 0)
    guide.ask("click", "Edit")
    guide.ask("click", "Works at this desk")
    guide.rest()
    guide.ask("reveal", "Working hours")


def _settings_channel(guide: Guide) -> None:
    _page("settings")(guide)
    guide.ask("tab", 0)
    guide.ask("click", "Edit")
    for address, name in (
        ("mailtos://leo:secret@smtp.example.org?to=leo@example.org", "Work mail"),
        ("jsons://hooks.example.org/token", "Pager"),
    ):
        guide.ask("click", "Add channel…")
        guide.type(address)
        guide.press("Tab")
        guide.type(name)
        guide.press("Return")
        guide.rest()
    guide.ask("click", "Send test")
    guide.rest()
    guide.ask("reveal", "Add channel…")


def _settings_team(guide: Guide) -> None:
    _page("settings")(guide)
    guide.ask("tab", 0)
    guide.ask("click", "Cancel")
    guide.ask("click", "Add team…")
    guide.ask("reveal", "Save team")


def _handing_over(*keys: str) -> Callable[[Guide], None]:
    def go(guide: Guide) -> None:
        guide.press("ctrl+shift+h")
        guide.rest(1.5)
        guide.press(*keys)

    return go


def _standing_up(*keys: str) -> Callable[[Guide], None]:
    """The first key starts it, where none is running yet."""

    def go(guide: Guide) -> None:
        guide.ask("page", "page.standup")
        guide.rest(1.0)
        for key in keys:
            guide.press(key)
        guide.rest(0.5)

    return go


def _players(*keys: str) -> Callable[[Guide], None]:
    """The players' window of a drill, begun where none is."""

    def go(guide: Guide) -> None:
        if not guide.shows(_PLAYERS):
            guide.command("New drill")
            guide.press("Down", "Return")
            guide.rest(1.0)
            guide.press("ctrl+Return")
            guide.turn_to(_PLAYERS, size=True)
            guide.rest(2.0)
        for key in keys:
            guide.press(key)
        guide.rest()

    return go


def _console(guide: Guide) -> None:
    """The trainer's console of a drill at a table, some minutes in."""
    _players()(guide)
    guide.turn_to(_TITLE, size=True)
    guide.rest(1.0)
    for deed in ("Next inject", "Next inject", "Tick"):
        guide.ask("click", deed)
        guide.rest(1.0)
    guide.rest(2.0)


def _players_stopped(guide: Guide) -> None:
    guide.press("ctrl+shift+x")
    guide.turn_to(_TITLE)


def _playbooks(*deeds: str) -> Callable[[Guide], None]:
    """The library of playbooks; a deed in small letters is typed, any other is a button."""

    def go(guide: Guide) -> None:
        _page("playbook")(guide)
        guide.ask("tab", 0)
        guide.rest(1.5)
        for deed in deeds:
            if deed.islower():
                guide.type(deed)
            else:
                guide.ask("click", deed)
            guide.rest(1.0)

    return go


def _templates(*deeds: str) -> Callable[[Guide], None]:
    """The texts of messages; a deed in small letters is typed into the text, any other is a button."""

    def go(guide: Guide) -> None:
        _page("template")(guide)
        guide.ask("tab", 0)
        guide.rest(1.0)
        for deed in deeds:
            if deed.islower():
                guide.type(deed)
            else:
                guide.ask("click", deed)
            guide.rest(1.0)

    return go


def _quit(guide: Guide) -> None:
    guide.press("ctrl+q")


SCENES: tuple[tuple[str, Callable[[Guide], None]], ...] = (
    ("board", _board),
    ("details", _details),
    ("table", _table),
    ("compact", _compact),
    ("comfortable", _comfortable),
    ("filtered", _filtered),
    ("nothing-matches", _nothing_matches),
    ("palette", _palette),
    ("keys", _keys),
    ("details-2", _details_tab(1)),
    ("details-3", _details_tab(2)),
    ("prompt-move", _prompt("m")),
    ("prompt-assign", _prompt("o")),
    ("prompt-classify", _prompt("t")),
    ("prompt-severity", _prompt("v")),
    ("prompt-snooze", _prompt("h")),
    ("prompt-pause", _prompt("p")),
    ("prompt-contain", _prompt("shift+c")),
    ("prompt-update", _prompt("u")),
    ("prompt-merge", _prompt("shift+m")),
    ("prompt-edit", _prompt("shift+e")),
    ("whom-to-call", _whom),
    ("family", _family()),
    ("family-evidence", _family(1)),
    ("family-evidence-text", _evidence_text),
    ("family-similar", _similar),
    ("playbooks", _playbooks()),
    ("playbooks-versions", _playbooks("Versions")),
    ("playbooks-writing", _playbooks("Close", "Change")),
    ("playbooks-new", _playbooks("New playbook…")),
    ("playbooks-exchange", _page("playbook", 1)),
    ("templates", _templates()),
    ("templates-hostile", _templates("Hostile")),
    ("templates-writing", _templates("Real", "Change", "{{next_udate}} {{wor")),
    ("templates-field", _templates("Insert field…")),
    ("templates-publish", _templates("Publish…")),
    ("templates-versions", _templates("Versions")),
    ("templates-standing", _page("template", 1)),
    ("intake", _intake),
    ("intake-filled", _intake_filled),
    ("triage", _page("triage")),
    ("signals", _page("signals")),
    ("signals-2", _page("signals", 1)),
    ("signals-3", _page("signals", 2)),
    ("signals-4", _page("signals", 3)),
    ("signals-sandbox", _sandbox),
    ("source-http", _source("Prometheus Alertmanager")),
    ("source-mailbox", _source("Mailbox (IMAP)", "Support mailbox")),
    ("source-folder", _source("Watched folder", "Night exports")),
    ("source-mapping", _mapping),
    ("rules", _rule()),
    ("rules-moved", _rule("Later")),
    ("rules-editor", _rule("Edit")),
    ("rules-trial", _rule("Edit", "Try it")),
    ("rules-versions", _rule("Versions")),
    ("rules-new", _rule("Add…")),
    ("rules-overrides", _page("rules", 1)),
    ("rules-maintenance", _page("rules", 2)),
    ("rules-window", _window),
    ("alarms", _page("alarms")),
    ("alarms-2", _page("alarms", 1)),
    ("alarms-3", _page("alarms", 2)),
    ("alarms-4", _page("alarms", 3)),
    ("roster", _roster()),
    ("roster-month", _roster("Month")),
    ("roster-table", _roster("Week", "Table")),
    ("roster-change", _roster("Plan", "Right", "o")),
    ("roster-leave", _roster("l")),
    ("roster-findings", _page("roster", 1)),
    ("roster-swaps", _page("roster", 2)),
    ("roster-time-off", _page("roster", 3)),
    ("roster-quality", _page("roster", 4)),
    ("roster-calendar", _roster("Calendar…")),
    ("roster-editor", _roster("Edit the rota…")),
    ("roster-versions", _roster("Edit the rota…", "Versions…")),
    ("handoff", _page("handoff")),
    ("handoff-whole", _handing_over()),
    ("handoff-item", _handing_over("Down")),
    ("handoff-take", _page("handoff", 1)),
    ("handoff-past", _page("handoff", 2)),
    ("standup", _page("standup")),
    ("standup-turn", _standing_up("Return")),
    ("standup-next", _standing_up("Right", "Down", "w", "a", "i", "t")),
    ("messages", _page("message")),
    ("messages-silence", _page("message", 1)),
    ("messages-drafts", _page("message", 2)),
    ("messages-sent", _page("message", 3)),
    ("details-messages", _messages_tab),
    ("compose", _writing()),
    ("compose-filled", _writing("Return", "late soon", "Return", "Return", "they probably wait")),
    ("compose-update", _writing("Down", "Return")),
    ("compose-internal", _writing("shift+Tab", "Right", "space")),
    ("compose-executive", _writing("shift+Tab", "Right", "Right", "space")),
    ("drills-library", _drills(0)),
    ("drills-library-staff", _drills(0, deeds=("Show what staff know",))),
    ("drills-trends", _drills(4)),
    ("drills-plan", _drills(5, deeds=("Draw a scenario",))),
    ("drills-plan-new", _drills(5, deeds=("Add a recurring drill…",))),
    ("drills-after", _drills(2, 0)),
    ("drills-after-score", _drills(2, 1)),
    ("drills-after-survey", _drills(2, 2, deeds=("Answer",))),
    ("drills-after-replay", _drills(2, 3, deeds=("Next decision",))),
    ("drills-after-comparison", _drills(2, 4)),
    ("drills-after-notes", _drills(2, 5)),
    ("drills-gaps", _drills(3, 0)),
    ("drills-gaps-actions", _drills(3, 1)),
    ("drills-gaps-action-new", _drills(3, 1, deeds=("New action…",))),
    ("drills-gaps-heat", _drills(3, 2)),
    ("drills-gaps-pareto", _drills(3, 3)),
    ("drills-editor", _scenario(0)),
    ("drills-editor-seats", _scenario(1)),
    ("drills-editor-goals", _scenario(2)),
    ("drills-editor-phases", _scenario(3)),
    ("drills-editor-world", _scenario(4)),
    ("drills-editor-injects", _scenario(5)),
    ("drills-editor-expected", _scenario(5, ".Add expected action")),
    ("drills-editor-cards", _scenario(6)),
    ("drills-editor-scoring", _scenario(7)),
    ("drills-editor-yaml", _scenario(0, "Show as YAML")),
    ("drills-from-lines", _past()),
    ("drills-from-names", _past("See the names")),
    ("drills-from-search", _past("See the names", "Search for what is left")),
    ("load", _page("load")),
    ("import", _page("import")),
    ("replay", _page("replay")),
    ("settings", _page("settings")),
    ("settings-2", _page("settings", 1)),
    ("settings-3", _page("settings", 2)),
    ("settings-4", _page("settings", 3)),
    ("settings-5", _page("settings", 4)),
    ("settings-6", _page("settings", 5)),
    ("settings-7", _page("settings", 6)),
    ("settings-8", _page("settings", 7)),
    ("settings-9", _page("settings", 8)),
    ("settings-step", _settings_step),
    ("settings-forecast", _settings_forecast),
    ("settings-person", _settings_person),
    ("settings-channel", _settings_channel),
    ("settings-team", _settings_team),
    ("drills-start", _drill()),
    ("drills-start-briefing", _drill("Talked through", "Brief first")),
    ("drills-start-console", _drills(1, deeds=("Start the clock",))),
    ("drills-start-stopped", _drill_stopped),
    ("drills-players", _players()),
    ("drills-players-board", _players("ctrl+1")),
    ("drills-players-inbox", _players("ctrl+0", "Down")),
    ("drills-console", _console),
    ("drills-players-stopped", _players_stopped),
    ("quit", _quit),
)
#: What has to be put right again after a scene, by its name.
_AFTER = {"table": "lanes", "compact": "normal", "comfortable": "normal"}


def tour(
    folder: Path, sample_file: Path, theme: str, size: tuple[int, int], is_wanted: Callable[[str], bool]
) -> None:
    """Take the pictures of one theme at one size, of the scenes whose names are wanted."""
    with tempfile.TemporaryDirectory(prefix="desk-tour-") as place:
        database = Path(shutil.copy(sample_file, place))
        with closing(open_store(database)) as store:
            SettingsService(store=store).set("theme", theme)
        with VirtualDesktop((size[0] + _FRAME, size[1] + _FRAME)) as desktop:
            guide = Guide(desktop, database, size)
            for number, (name, scene) in enumerate(SCENES, 1):
                if not is_wanted(name):
                    continue
                guide.home()
                scene(guide)
                guide.picture(folder / f"{theme}-{size[0]}x{size[1]}" / f"{number:02}-{name}.png")
                if name in _AFTER:
                    guide.home()
                    guide.command(_AFTER[name])


_README = (
    ("light", "details", "board-light"),
    ("dark", "intake-filled", "intake-dark"),
    ("light", "drills-console", "drill-light"),
)


def _for_readme(sample_file: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="desk-tour-") as folder:
        for theme, name, kept in _README:
            tour(Path(folder), sample_file, theme, SIZES[0], name.__eq__)
            (picture,) = Path(folder).glob(f"{theme}-*/*-{name}.png")
            shutil.move(picture, PICTURES / f"{kept}.png")


def main() -> int:
    """The command line above."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.support.tour", description="Photograph every screen."
    )
    parser.add_argument("folder", type=Path, nargs="?", default=Path("tests/out/tour"))
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--size", help="such as 1440x900")
    parser.add_argument("--only", default="", help="scenes whose names hold this")
    parser.add_argument("--readme", action="store_true", help="the pictures of the README")
    given = parser.parse_args()
    sizes = [tuple(map(int, given.size.split("x")))] if given.size else SIZES
    with tempfile.TemporaryDirectory(prefix="desk-sample-") as place:
        sample_file = Path(place, "sample.sqlite3")
        sample.build(sample_file, Path(place, "backups"), SystemClock())
        if given.readme:
            _for_readme(sample_file)
            return 0
        tool_feed.feed(sample_file, SystemClock().now())
        if given.only.startswith("drills"):  # the plans of drills would stand above every other page
            with closing(open_store(sample_file)) as store:
                drill_sample.fill(store, SystemClock().now())
        if given.only.startswith("rules"):  # its maintenance would stand above every other page
            rule_feed.feed(sample_file, Path(place, "backups"), SystemClock().now())
        for theme in [given.theme] if given.theme else THEMES:
            for width, height in sizes:
                tour(given.folder, sample_file, theme, (width, height), lambda name: given.only in name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
