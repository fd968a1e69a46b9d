"""A trainer at the console and players in their window, both by keyboard, in the real program."""

import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.journeys.person import TITLE, PersonAtDesk

PLAYERS = "^DRILL"
INBOX = "What has reached you, the latest first"
#: In the order of the list of messages.
STAGES = ("initial", "periodic")
_TABS = 40


class DrillTable:
    """Ada is the trainer in the live window; whoever acts does so in the players' window."""

    def __init__(self, person: PersonAtDesk) -> None:
        self.person = person
        self.desktop = person.desktop

    # -- windows

    def start_a_drill(self, title: str = "Charged again and again") -> None:
        """From the board: the palette, the second scenario of the library, Ctrl+Enter."""
        self.person.press("ctrl+k")
        self.person.type("dr")
        self.wait(lambda: self.person.ask("focus")[2] == "dr", "what is typed in the palette")
        self.person.pause(0.3)  # the palette sorts what it has found
        self.person.press("Return")
        self.wait_for_focus("Scenarios")
        self.person.wait_to_see("Objectives")  # of the first: the list is there
        self.person.press("Down")
        self.person.wait_to_see(title)
        self.person.press("Return")
        self.person.wait_to_see("Start “")
        self.person.press("ctrl+Return")
        self.desktop.wait_for_window(PLAYERS, 40)
        self.wait_for_state("running")
        self.wait_for_inbox()
        self.wait(lambda: self.sees("Five bookings instead of one"), "the first message")

    def wait_for_inbox(self) -> None:
        """The players' window is there whole: it opens at the inbox."""
        self.at_the_table()
        self.wait_for_focus(INBOX)

    def at_console(self) -> None:
        """The trainer's turn."""
        self._turn_to(TITLE)
        self.wait_for_focus("Injects")

    def at_the_table(self) -> None:
        """The players' turn."""
        self._turn_to(PLAYERS)

    def act_as(self, title: str) -> None:
        """Another seat acts, chosen by the letters of its title; the board has the keyboard then."""
        self.at_the_table()
        self.person.press("alt+a")
        self.wait_for_focus("Who acts")
        self.person.type(title[:4].lower())
        self.wait(lambda: self.sees(f"Operator: {title}"), f"{title} acting")
        self.go_to_board()

    def go_to_board(self) -> None:
        self.person.press("ctrl+1")
        self.wait(lambda: str(self.focus()[1]).startswith("Lane"), "a lane with the keyboard")

    def _turn_to(self, title: str) -> None:
        self.desktop.focus(self.desktop.wait_for_window(title))
        self.wait(lambda: re.search(title, self.person.ask("title")), "the window with the keyboard")
        self.wait(self.focus, "the keyboard in it")

    # -- the trainer

    def jump(self) -> None:
        """J and Enter: on to the next inject."""
        before = self.count("inject.fired")
        self.at_console()
        self.person.press("j")
        self.wait_for_focus("Jump to T+")
        self.person.press("Return")
        self.wait(lambda: self.count("inject.fired") > before, "the next inject")

    def fire_next(self) -> None:
        before = self.count("inject.fired")
        self.at_console()
        self.person.press("i")
        self.wait(lambda: self.count("inject.fired") > before, "the next inject")

    def console_key(self, key: str, kind: str) -> None:
        """A key at the console, and the entry that it leaves in the log."""
        before = self.count(kind)
        self.at_console()
        self.person.press(key)
        self.wait(lambda: self.count(kind) == before + 1, f"{kind} after {key}")

    def note(self, words: str) -> None:
        before = self.count("observer.noted")
        self.at_console()
        self.person.press("n")
        self.wait_for_focus("Observer note")
        self.person.type(words)
        self.person.press("ctrl+Return")
        self.wait(lambda: self.count("observer.noted") == before + 1, "the note")

    def note_gap(self, words: str, code: str) -> None:
        """Ctrl+G: what is noted is a gap of that code."""
        before = self.count("observer.noted")
        self.at_console()
        self.person.press("n")
        self.wait_for_focus("Observer note")
        self.person.type(words)
        self.person.press("ctrl+g")
        self.wait_for_focus("Gap")
        self.person.type(code)
        self.person.press("Return", "Return")
        self.wait(lambda: self.count("observer.noted") == before + 1, "the gap")

    def skip(self, reason: str) -> None:
        self.at_console()
        self.person.press("k")
        self.wait_for_focus("Reason")
        self.person.type(reason)
        self.person.press("Return")
        self.wait_for_event("inject.skipped")

    def end(self) -> None:
        """End and debrief, by the palette; it asks first."""
        self.at_console()
        self.person.press("ctrl+k")
        self.person.type("end the drill")
        self.person.pause(0.3)
        self.person.press("Return")
        self.wait(lambda: self.focus()[2] == "Keep the drill going", "the question")
        self.person.press("Tab", "Return")
        self.wait_for_state("scored", 15)

    # -- the players

    def press_for(self, key: str, kind: str) -> None:
        """A letter on the card, and what it leaves in the drill's log."""
        self.person.press(key)
        self.wait_for_event(kind)

    def decide(self, authority: str, reason: str) -> None:
        """The first option of what came last, and why."""
        before = self.count("decision.recorded")
        self.person.press("ctrl+0")
        self.wait_for_focus(INBOX)
        self.person.press("Home", "Return")
        self.wait(lambda: self.focus()[0] == "QRadioButton", "the options")
        self.person.press("space", "Tab")
        self.wait_for_focus("By whose authority")
        self.person.type(authority)
        self.person.press("Tab")
        self.person.type(reason)
        self.person.press("ctrl+Return")
        self.wait(lambda: self.count("decision.recorded") == before + 1, "the decision")

    def begin_message(self, stage: str) -> None:
        """U on the card, then the stage: what is proposed is another once the harm has stopped."""
        self.person.press("u")
        self.wait_for_focus("What the message is")
        self.person.pause(0.3)  # the proposal comes a moment later
        self.person.press("Home", *["Down"] * STAGES.index(stage), "Return")
        self.wait(lambda: self.focus()[0] == "FactField", "the first fact")

    def write(self, **facts: str) -> None:
        """Facts into their fields, from the top to the bottom."""
        for label, text in facts.items():
            self.go_to(label.replace("_", " "))
            self.person.press("ctrl+a")
            self.person.type(text)

    def promise_earlier(self) -> None:
        """They hear of it again three hours before the time that is proposed: Down on the hour."""
        self.go_to("Next update", "shift+Tab")
        proposed = self.focus()[2]
        self.person.press("End", "Left", "Left", "Left", "Down", "Down", "Down")
        self.wait(lambda: self.focus()[2] != proposed, "another hour")

    def send(self, stage: str) -> None:
        """Ctrl+Enter."""
        self.person.press("ctrl+Return")
        self.wait(lambda: self.stages()[-1:] == [stage], f"{stage} sent")

    def go_to(self, name: str, key: str = "Tab") -> None:
        """Tab on until a field has the keyboard."""
        for _ in range(_TABS):
            if self.focus()[1] == name:
                return
            self.person.press(key)
        raise AssertionError(f"no way to {name!r}")

    # -- what there is

    def focus(self) -> Any:
        return self.person.ask("focus")

    def sees(self, words: str) -> bool:
        """Whether the window that has the keyboard says so."""
        return any(words in said for _, name, text in self.person.ask("here") for said in (name, text))

    def wait(self, reached: Any, what: str, seconds: float = 10) -> None:
        self.desktop.wait_until(reached, what, seconds)

    def wait_for_focus(self, name: str) -> None:
        self.wait(lambda: (self.focus() or ["", ""])[1] == name, f"keyboard in {name!r}")

    def wait_for_event(self, kind: str) -> None:
        self.wait(lambda: self.count(kind), kind)

    def wait_for_state(self, state: str, seconds: float = 10) -> None:
        self.wait(lambda: self.run()[0] == state, f"a drill that is {state}", seconds)

    def run(self) -> tuple[str, int, str]:
        """State, time in milliseconds and folder of the one drill."""
        found = self.person.rows("SELECT state, sim_ms, folder FROM drill_run")
        return found[0] if found else ("", 0, "")

    def kinds(self) -> Counter[str]:
        return Counter(kind for (kind,) in self.person.rows("SELECT kind FROM drill_event"))

    def count(self, kind: str) -> int:
        return self.kinds()[kind]

    def injects(self) -> list[str]:
        """Those that were fired, in their order."""
        fired = "SELECT body FROM drill_event WHERE kind = 'inject.fired' ORDER BY seq"
        return [json.loads(body)["inject"] for (body,) in self.person.rows(fired)]

    def stages(self) -> list[str]:
        told = "SELECT body FROM drill_event WHERE kind = 'update.sent' ORDER BY seq"
        return [json.loads(body)["stage"] for (body,) in self.person.rows(told)]

    def statuses(self) -> dict[str, str]:
        """What became of each expected action."""
        ((content,),) = self.person.rows("SELECT content FROM drill_result ORDER BY id DESC LIMIT 1")
        return {name: each["status"] for name, each in json.loads(content)["expectations"].items()}

    def played(self, query: str) -> list[tuple[Any, ...]]:
        """What the drill's own database holds."""
        (file,) = Path(self.run()[2]).rglob("sandbox.sqlite3")
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()
