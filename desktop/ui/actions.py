"""Every action of the program in one table: its words, menu, keys and what the palette finds it by."""

from enum import StrEnum
from typing import NamedTuple

from desktop.domain.board import SORTS, TIME_LEFT


class Needs(StrEnum):
    """What must be selected before an action makes sense."""

    NOTHING = "nothing"
    ONE = "one escalation"
    SOME = "one or more escalations"


#: The section of what is done in a queue, by digits.
QUEUE = "triage"


class ActionSpec(NamedTuple):
    """One action. `menu` is its place ("View/Theme"); a new `section` there starts with a separator.

    `keys` work anywhere in the window. `letters` work only while the board's lanes or table have the focus,
    and can be switched off. `synonyms` are further words by which the palette finds it.
    """

    id: str
    text: str
    menu: str
    section: str = ""
    keys: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    synonyms: str = ""
    icon: str = ""
    needs: Needs = Needs.NOTHING
    checkable: bool = False


def _escalation(
    name: str,
    text: str,
    section: str,
    *letters: str,
    synonyms: str = "",
    icon: str = "",
    needs: Needs = Needs.SOME,
) -> ActionSpec:
    return ActionSpec(f"escalation.{name}", text, "Escalation", section, (), letters, synonyms, icon, needs)


def _view(name: str, text: str, menu: str, section: str = "", *keys: str, synonyms: str = "") -> ActionSpec:
    return ActionSpec(f"view.{name}", text, menu, section, keys, (), synonyms, checkable=True)


def _roster(name: str, text: str, synonyms: str) -> ActionSpec:
    return ActionSpec(f"roster.{name}", text, "View/On call", synonyms=synonyms)


def _sort(name: str) -> ActionSpec:
    synonyms = f"order by {name}"
    return ActionSpec(f"sort.{name}", SORTS[name].title, "View/Sort", synonyms=synonyms, checkable=True)


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new_escalation", "New escalation…", "File", "new", ("Ctrl+N",), ("N",),
               "create log intake report incident", "plus"),
    ActionSpec("import_file", "Import…", "File", "data", ("Ctrl+I",),
               synonyms="csv excel xlsx servicenow jira load"),
    ActionSpec("replay_file", "Replay a past month…", "File", "data", synonyms="simulate events"),
    ActionSpec("load_sample", "Load the sample desk", "File", "data", synonyms="demo example"),
    ActionSpec("remove_sample", "Remove the sample desk", "File", "data", synonyms="demo example delete"),
    ActionSpec("back_up", "Back up now…", "File", "keep", synonyms="save copy database"),
    ActionSpec("verify_audit", "Verify the audit trail", "File", "keep",
               synonyms="check integrity chain hash"),
    ActionSpec("drill.stop", "No duff: stop the drill at once", "File", "drill", ("Ctrl+Shift+X",),
               synonyms="real emergency end exercise"),
    ActionSpec("quit", "Quit", "File", "quit", ("Ctrl+Q",), synonyms="exit close"),
    ActionSpec("undo", "Undo", "Edit", "undo", ("Ctrl+Z",), synonyms="take back"),
    ActionSpec("redo", "Redo", "Edit", "undo", ("Ctrl+Shift+Z", "Ctrl+Y"), synonyms="again"),
    ActionSpec("copy_number", "Copy number", "Edit", "copy", ("Ctrl+.",), synonyms="link id clipboard",
               needs=Needs.SOME),
    ActionSpec("select_all", "Select all in the lane", "Edit", "copy", (), ("Ctrl+A",), "mark every"),
    ActionSpec("find", "Find on this page", "Edit", "find", ("Ctrl+F",), ("/",),
               "filter search text", "search"),
    ActionSpec("clear_filter", "Clear the last filter", "Edit", "find", synonyms="reset show"),
    ActionSpec("clear_filters", "Clear all filters", "Edit", "find", (), ("Shift+Esc",),
               "reset show everything"),
    ActionSpec("palette", "Search or run a command…", "Edit", "find", ("Ctrl+K",),
               synonyms="palette go to", icon="search"),
    ActionSpec("playbook.find", "Find a playbook…", "Edit", "find", ("Ctrl+P",),
               synonyms="runbook checklist procedure steps how to open", icon="search"),
    ActionSpec("page.board", "Board", "View", "pages", ("Ctrl+1",), ("G, B",),
               "lanes cards start", "board", checkable=True),
    ActionSpec("page.intake", "Intake", "View", "pages", ("Ctrl+2",), ("G, I",),
               "form new", "intake", checkable=True),
    ActionSpec("page.triage", "Triage", "View", "pages", ("Ctrl+6",), ("G, T",),
               "review queue needs look accept decline", "check", checkable=True),
    ActionSpec("page.signals", "Signals", "View", "pages", ("Ctrl+7",), ("G, N",),
               "sources listener webhook held storm monitoring", "sound", checkable=True),
    ActionSpec("page.alarms", "Alarms", "View", "pages", ("Ctrl+3",), ("G, A",),
               "notifications snoozed missed", "bell",
               checkable=True),
    ActionSpec("page.import", "Import", "View", "pages", ("Ctrl+4",),
               synonyms="csv excel tickets", icon="upload", checkable=True),
    ActionSpec("page.replay", "Replay", "View", "pages", ("Ctrl+5",),
               synonyms="past month simulate", icon="clock", checkable=True),
    ActionSpec("page.rules", "Rules", "View", "pages", ("Ctrl+8",), ("G, U",),
               "triage automation overrides maintenance when then", "rules", checkable=True),
    ActionSpec("page.handoff", "Handoff", "View", "pages", (), ("G, H",),
               "handover shift give take over accept questions", "handoff", checkable=True),
    ActionSpec("page.standup", "Stand-up", "View", "pages", (), ("G, W",),
               "standup daily meeting owners stuck timer room", "people", checkable=True),
    ActionSpec("page.message", "Messages", "View", "pages", (), ("G, M",),
               "promises silence drafts sent ledger updates customers release", "send", checkable=True),
    ActionSpec("page.load", "Load", "View", "pages", (), ("G, L",),
               "burnout pages night weekend heat map hours fatigue", "load", checkable=True),
    ActionSpec("page.roster", "Roster", "View", "pages", ("Ctrl+9",), ("G, R",),
               "on call rota schedule shifts swap leave override", "calendar", checkable=True),
    ActionSpec("page.playbook", "Playbooks", "View", "pages", (), ("G, P",),
               "runbook library entries steps checklist versions review publish", "playbook", checkable=True),
    ActionSpec("page.inbox", "Inbox", "View", "pages", ("Ctrl+0",), ("G, X",),
               "drill injects messages decision dashboards briefing players", "inbox", checkable=True),
    ActionSpec("page.drill", "Drills", "View", "pages", (), ("G, D",),
               "exercise tabletop scenario simulator training practise", "drill", checkable=True),
    ActionSpec("page.template", "Templates", "View", "pages", (), ("G, E",),
               "texts messages mail chat sms phone script merge fields forms", "template", checkable=True),
    ActionSpec("page.compose", "Go on with the message", "View", "pages",
               synonyms="compose write update draft customer", icon="edit", checkable=True),
    ActionSpec("page.settings", "Settings", "View", "pages", ("Ctrl+,",), ("G, S",),
               "preferences options people", "gear",
               checkable=True),
    ActionSpec("customers", "Customers", "View", "pages", (), ("G, C",),
               "clients accounts tier revenue archive merge duplicate"),
    ActionSpec("jump_urgent", "Go to the most urgent clock", "View", "go", ("Ctrl+J",),
               synonyms="next breach alarm unacknowledged jump"),
    ActionSpec("next_pane", "Next pane", "View", "go", ("F6",), synonyms="focus part"),
    ActionSpec("previous_pane", "Previous pane", "View", "go", ("Shift+F6",), synonyms="focus part"),
    ActionSpec("toggle_details", "Details panel", "View", "go", ("Ctrl+D",), synonyms="side peek",
               checkable=True),
    *(_roster(*spec) for spec in (
        ("override", "Change who is on call…", "replace put in take out override shift one-off"),
        ("take", "Take this shift…", "emergency cover on call"),
        ("swap", "Ask for a swap…", "exchange shift trade"),
        ("leave", "Enter time off…", "leave holiday away vacation"),
        ("cancel", "Cancel the override…", "take back single shift"),
        ("edit", "Edit the rota…", "layers rotation people handoff"),
        ("new", "Build a rota…", "new schedule layers rotation"),
        ("calendar", "Shifts in a calendar…", "ical ics export subscribe address"),
        ("now", "Go to now on the roster", "today"),
    )),
    ActionSpec("presentation", "Presentation mode", "View", "room", ("F11", "Ctrl+Shift+F"),
               synonyms="projector beamer full screen large room", checkable=True),
    ActionSpec("new_order", "Show the new order", "View", "layout", (), ("R",), "sort refresh"),
    _view("lanes", "Lanes", "View", "layout", synonyms="board columns"),
    _view("table", "Table", "View", "layout", synonyms="list grid"),
    _view("compact", "Compact", "View/Density", synonyms="small dense"),
    _view("normal", "Normal", "View/Density", synonyms="medium"),
    _view("comfortable", "Comfortable", "View/Density", synonyms="large roomy"),
    *(_sort(name) for name in (TIME_LEFT, "severity", "score", "age", "customer", "unacknowledged")),
    _view("theme_system", "Like the desktop", "View/Theme", synonyms="automatic system"),
    _view("theme_light", "Light", "View/Theme", synonyms="bright day"),
    _view("theme_dark", "Dark", "View/Theme", synonyms="night black"),
    _view("theme_high_contrast", "High contrast", "View/Theme", synonyms="accessibility"),
    ActionSpec("save_view", "Save this view…", "View/Saved views", "keep", synonyms="filter bookmark"),
    ActionSpec("manage_views", "Rename or delete views…", "View/Saved views", "keep",
               synonyms="filter bookmark"),
    _view("single_letters", "Single-letter keys", "View", "keys", synonyms="shortcuts off on"),
    _escalation("open", "Open details", "show", "Return", icon="open", synonyms="show read", needs=Needs.ONE),
    _escalation("peek", "Peek", "show", "Space", synonyms="preview quick look", needs=Needs.ONE),
    _escalation("acknowledge", "Acknowledge", "do", "A", synonyms="ack seen accept", icon="check"),
    _escalation("own", "Own it myself", "do", "I", synonyms="take mine assign me", icon="person"),
    _escalation("assign", "Assign an owner…", "do", "O", synonyms="owner give person", icon="person"),
    _escalation("whom", "Whom to call…", "do", synonyms="on call rota suggest tired page assign who",
                icon="people", needs=Needs.ONE),
    _escalation("page", "Page somebody…", "do", "B", synonyms="call on call wake leader alert ring",
                icon="bell", needs=Needs.ONE),
    _escalation("classify", "Classify…", "do", "T", synonyms="triage accept issue type area factors"),
    _escalation("severity", "Set the severity…", "do", "V", synonyms="sev classify triage priority"),
    _escalation("work", "Start work", "do", "W", synonyms="working begin"),
    _escalation("move", "Move to…", "do", "M", synonyms="lane state transition status", icon="move"),
    _escalation("move_next", "Move to the next lane", "do", "Ctrl+Right", synonyms="forward right"),
    _escalation("move_previous", "Move to the previous lane", "do", "Ctrl+Left", synonyms="back left"),
    _escalation("contain", "Confirm containment…", "end", "Shift+C", synonyms="contained stopped spreading",
                icon="shield"),
    _escalation("resolve", "Confirm resolution…", "end", "Shift+R", synonyms="resolved fixed done",
                icon="check"),
    _escalation("debrief", "Book the debrief…", "end", synonyms="review post mortem meeting facilitator",
                icon="calendar", needs=Needs.ONE),
    _escalation("close", "Close…", "end", synonyms="archive finish"),
    _escalation("reopen", "Reopen…", "end", "Shift+O", synonyms="again back"),
    _escalation("standard", "Send to standard support…", "end", "Shift+D",
                synonyms="decline reject downgrade return"),
    _escalation("pause", "Pause a clock…", "clock", "P", synonyms="waiting on customer hold stop",
                icon="pause"),
    _escalation("resume", "Resume the clock", "clock", "Shift+P", synonyms="continue unpause", icon="play"),
    _escalation("snooze", "Snooze reminders…", "clock", "H", synonyms="shelve later remind quiet",
                icon="snooze"),
    _escalation("end_snooze", "End the snooze", "clock", "Shift+H", synonyms="wake unsnooze"),
    _escalation("update", "Write a message…", "add", "U",
                synonyms="post update tell customer news mail compose brief executive", icon="send",
                needs=Needs.ONE),
    _escalation("record_update", "Record what they were told…", "add", "Ctrl+U",
                synonyms="customer update said phone already told word for word", needs=Needs.ONE),
    _escalation("answered", "Record the customer's answer…", "add", "Shift+U",
                synonyms="reply waiting on customer"),
    _escalation("note", "Add a note…", "add", "C", synonyms="comment write timeline", icon="note",
                needs=Needs.ONE),
    _escalation("decide", "Record a decision…", "add", "D",
                synonyms="approve approver authority rights decided", icon="check", needs=Needs.ONE),
    _escalation("attach", "Attach a file…", "add", "E", synonyms="evidence log screenshot upload",
                icon="clip",
                needs=Needs.ONE),
    _escalation("remove_evidence", "Remove a file…", "add", synonyms="evidence delete", icon="trash",
                needs=Needs.ONE),
    _escalation("edit", "Edit the facts…", "add", "Shift+E",
                synonyms="change title customer description", icon="edit",
                needs=Needs.ONE),
    _escalation("override", "Override the score…", "add", "Shift+V", synonyms="priority by hand",
                needs=Needs.ONE),
    _escalation("watch", "Watch, or stop watching", "add", synonyms="follow subscribe", icon="eye"),
    _escalation("remind", "Set the reminder…", "add", synonyms="forgotten remind"),
    _escalation("merge", "Merge into another…", "merge", "Shift+M", synonyms="duplicate join same",
                icon="merge"),
    _escalation("split", "Split evidence off…", "merge", "Shift+S", synonyms="separate divide",
                needs=Needs.ONE),
    _escalation("set_parent", "Make child of…", "merge",
                synonyms="parent family part of link group same cause silent"),
    _escalation("clear_parent", "Remove from parent", "merge",
                synonyms="unlink child family alone announce"),
    _escalation("similar", "Show similar…", "merge",
                synonyms="alike like duplicates fingerprint same cause", icon="search", needs=Needs.ONE),
    ActionSpec("triage.accept", "Accept what waits…", "Escalation", QUEUE, (), ("1",),
               "confirm review queue open held"),
    ActionSpec("triage.duplicate", "Join what waits to another…", "Escalation", QUEUE, (), ("2",),
               "same duplicate merge review queue held"),
    ActionSpec("triage.decline", "Decline what waits…", "Escalation", QUEUE, (), ("3",),
               "reject dismiss standard review queue held"),
    ActionSpec("signals.decide", "Let rules decide what is held", "Escalation", QUEUE, (), ("4",),
               "release storm signal"),
    ActionSpec("signals.replay", "Replay signals in sandbox…", "Escalation", "sandbox",
               synonyms="what if rules try again compare past difference", icon="play"),
    ActionSpec("intake.submit", "Open the escalation", "Escalation", "intake", ("Ctrl+Return", "Ctrl+Enter"),
               synonyms="save send create"),
    ActionSpec("intake.discard", "Discard the draft", "Escalation", "intake",
               synonyms="cancel throw away delete"),
    ActionSpec("intake.join", "Join the similar escalation", "Escalation", "intake", ("Ctrl+Shift+J",),
               synonyms="duplicate merge same"),
    ActionSpec("compose.send", "Send the message", "Escalation", "message",
               synonyms="mail update customer out", icon="send"),
    ActionSpec("compose.ask_release", "Ask for release of the message", "Escalation", "message",
               synonyms="second person approve four eyes"),
    ActionSpec("compose.release", "Release the message", "Escalation", "message",
               synonyms="second person approve four eyes let go", icon="check"),
    ActionSpec("compose.discard", "Discard the message", "Escalation", "message",
               synonyms="draft cancel throw away delete"),
    ActionSpec("handoff", "Hand over the shift", "Escalation", "handoff", ("Ctrl+Shift+H",),
               synonyms="handoff handover give next shift end", icon="handoff"),
    ActionSpec("handoff.offer", "Offer the handoff", "Escalation", "handoff",
               synonyms="handover give send", icon="send"),
    ActionSpec("handoff.withdraw", "Withdraw the handoff…", "Escalation", "handoff",
               synonyms="handover take back cancel"),
    ActionSpec("handoff.accept", "Accept what is handed over", "Escalation", "handoff",
               synonyms="handoff take over own", icon="check"),
    ActionSpec("handoff.accept_all", "Accept the whole handoff…", "Escalation", "handoff",
               synonyms="take over everything own all", icon="check"),
    ActionSpec("handoff.ask", "Ask back about what is handed over…", "Escalation", "handoff",
               synonyms="handoff question unclear"),
    ActionSpec("handoff.decline", "Decline what is handed over…", "Escalation", "handoff",
               synonyms="handoff refuse reject"),
    ActionSpec("handoff.export", "Save the handoff as a file…", "Escalation", "handoff",
               synonyms="export pdf markdown handover"),
    ActionSpec("alarms.silence", "Silence sounds for 10 minutes", "Escalation", "alarms",
               synonyms="mute quiet"),
    ActionSpec("automation.stop", "Stop all automation…", "Escalation", "automation", ("Ctrl+Shift+K",),
               synonyms="kill switch halt pause rules signals emergency off"),
    ActionSpec("automation.resume", "Resume automation…", "Escalation", "automation",
               synonyms="kill switch go on continue rules signals on"),
    ActionSpec("alarms.send_test", "Send a test notification", "Help", "test",
               synonyms="check desktop toast"),
    ActionSpec("shortcuts", "Keyboard shortcuts", "Help", "help", ("Ctrl+/", "F1"), ("?",),
               "keys sheet help"),
    ActionSpec("about", "About Escalation Desk", "Help", "about", synonyms="version licence"),
)  # fmt: skip
