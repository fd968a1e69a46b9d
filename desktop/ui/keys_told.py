"""Keys that are no actions of the window, but belong to a place in it; the shortcut sheet tells them."""

#: Keys that move about on the board; they are no actions, but the shortcut sheet tells them.
MOVEMENT: tuple[tuple[str, str], ...] = (
    ("J / K or Down / Up", "Next or previous card"),
    ("Left / Right", "Neighbouring lane"),
    ("Home / End", "First or last card"),
    ("X", "Add the card to the selection, or take it out"),
    ("Shift+Up / Shift+Down", "Select several cards"),
    ("Esc", "Clear the last filter, then the selection"),
    ("Ctrl+Shift+1 … 9", "Open a saved view"),
)

#: Keys on the plan of the roster, told by the sheet as well.
ON_THE_ROSTER: tuple[tuple[str, str], ...] = (
    ("Left / Right", "Previous or next shift; with Ctrl, a day"),
    ("Up / Down", "Another row"),
    ("Shift+Left / Shift+Right", "Make the marked time shorter or longer"),
    ("Page Up / Page Down", "Earlier or later week or month"),
    ("Home", "Now"),
    ("Enter or O", "Change who is on call then"),
    ("T", "Take this shift"),
    ("S", "Ask for a swap"),
    ("L", "Enter time off"),
    ("Del", "Cancel the override"),
)

#: Keys on what is handed over, and in a stand-up, told by the sheet as well.
ON_A_HANDOFF: tuple[tuple[str, str], ...] = (
    ("Ctrl+Enter", "Offer the handoff"),
    ("A", "Accept the current escalation"),
    ("Q", "Ask back about it"),
    ("D", "Decline it"),
    ("Shift+A", "Read back and accept all"),
    ("Enter", "Go into what is written, or open the escalation"),
)
IN_A_STANDUP: tuple[tuple[str, str], ...] = (
    ("Left / Right", "The owner before, the next owner"),
    ("Up / Down", "Another escalation"),
    ("Letters", "Begin a note; Enter puts it on the timeline"),
    ("Space", "Stop the timer, or let it go on"),
)

#: Keys in the text of a template, told by the sheet as well.
ON_TEMPLATES: tuple[tuple[str, str], ...] = (
    ("Enter", "Change the template of the list"),
    ("Ctrl+Space", "Complete the name of a field"),
    ("Ctrl+I", "Choose a field from all there are"),
    ("Ctrl+Enter", "Publish the draft"),
)

#: Keys where a message is written, told by the sheet as well.
IN_A_MESSAGE: tuple[tuple[str, str], ...] = (
    ("Up / Down", "Another stage of the message"),
    ("Enter", "Go on: to the first fact that is missing, then to the next"),
    ("Ctrl+Enter", "Send, or record as sent; what leaves the desk asks first"),
    ("Esc", "Leave; the draft is kept"),
)

#: Keys at the console of a drill, told by the sheet as well.
IN_A_DRILL: tuple[tuple[str, str], ...] = (
    ("Space", "Pause the drill, or let it run on"),
    ("I", "Send the next inject"),
    ("F", "Fire the inject that was chosen, else the next"),
    ("K", "Skip it, with a reason"),
    ("J", "Jump to the next inject, or to a time"),
    ("X", "Inject something that nobody had written down"),
    ("C", "Draw a complication"),
    ("B", "Open the board for participants"),
    ("1 … 9", "Tick an expected action, now"),
    ("Shift+1 … 9", "Tick it for an earlier time"),
    ("E", "The next expected action: ratings and hints are for it"),
    ("P / S / M / U", "Rate that action"),
    ("H", "Show the players its next hint"),
    ("D", "Record a decision: number of the option, why, Enter"),
    ("N", "Begin a note; + makes it a strength, - something to improve"),
    ("Ctrl+Enter", "Save the note"),
    ("Ctrl+G", "Save the note as a gap"),
    ("Esc", "Follow the newest inject again"),
)

#: Keys where a scenario is written, told by the sheet as well.
IN_A_SCENARIO: tuple[tuple[str, str], ...] = (
    ("Ctrl+Shift+N", "Add an inject"),
    ("Ctrl+Shift+D", "Copy the chosen inject"),
    ("Alt+Up / Alt+Down", "Move the inject or line"),
    ("Left / Right", "On the timeline: the inject before, the next inject"),
    ("Ctrl+Page Up / Page Down", "Another part of the scenario"),
    ("{{", "In a text: put in a variable"),
    ("Ctrl+Z / Ctrl+Shift+Z", "Take a step back, or do it again"),
    ("Ctrl+Enter", "Publish the draft"),
)

#: Keys on the steps of a playbook and in the search for one, told by the sheet as well.
ON_A_PLAYBOOK: tuple[tuple[str, str], ...] = (
    ("Space", "Mark the step as done, or open it again"),
    ("Enter", "Go where the step leads: a message, whom to call, the handoff"),
    ("E", "Mark it as done with its evidence"),
    ("S", "Skip the step, with a reason"),
    ("Q", "Say what is unclear about it"),
    ("Shift+Enter", "In the search: read the playbook instead of opening it"),
)
