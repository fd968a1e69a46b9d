"""Faults of a scenario as the editor says them: what is wrong, what to do in its forms, and where."""

from desktop.domain.drill_node import Fault, Path
from desktop.domain.drill_put import value_at
from desktop.ui.text import one_line

#: Advice for those who write files, and what it is in forms.
_ADVICE = {
    "Add a role without  staff: true.": "Add a seat that is not staff.",
    'Write  from: "0m".': "Let it begin at 0 min.",
    "Add  when: …": "Draw its condition.",
    "Write  trigger: conditional": "Let “its time and a condition” fire it, or take the condition out.",
    "Add  match: {event: …}, or write  evidence: manual.": "Choose the event, or let staff watch.",
    'Give some time: "10m".': "Give some time, such as 10 min.",
    "Write field:…, merge:…, handoff:… or lint:….": "Choose what is looked up.",
    "Add  expect:  to an inject.": "Add an expected action to an inject.",
    "Add it to competences.": "Give it a weight under Goals.",
    "Let it begin at 0m.": "Let it begin at 0 min.",
    'Write it like "90m".': "Write it as 90 min.",
    'Write  at: "14m"  or  after: {inject: I01, delay: "5m"}.': "Say when it comes.",
    "Begin each entry with a dash, or use [ ].": "",
    "There is none.": "",
}
_PLACES = {
    "title": "Title", "summary": "Summary", "origin": "Origin", "difficulty": "Difficulty", "tags": "Tags",
    "playbook": "Playbook", "clock": "Clock", "roles": "Seats", "safety": "Mark of the drill",
    "variables": "Variables", "objectives": "Objectives", "competences": "Weights", "phases": "Phases",
    "world": "World", "injects": "Injects", "complications": "Complications", "rubric": "Scoring",
    "debrief": "Questions",
}  # fmt: skip
_FIELDS = {
    "at": "time", "after": "time", "when": "condition", "to": "to whom", "from": "from whom",
    "body": "text", "text": "words", "deadline": "deadline", "role": "role", "phase": "phase",
    "match": "event", "gap": "gap", "checks": "checks", "hints": "hints", "options": "options",
    "question": "question", "effects": "effects", "subject": "subject", "notes": "staff notes",
    "evidence": "who tells", "competence": "competence", "trigger": "what fires it", "red_flags": "red flags",
    "default": "default", "substitute_of": "stands in for", "label": "words of an option",
}  # fmt: skip


def advice_of(fault: Fault) -> str:
    """What to do about it, for somebody who fills forms."""
    if fault.hint in _ADVICE:
        return _ADVICE[fault.hint]
    if fault.hint.startswith("Add  "):
        return "Fill it in."
    return "" if "  " in fault.hint or "{" in fault.hint else fault.hint


def sentence_of(fault: Fault) -> str:
    """What is wrong and what to do, as one sentence after the other."""
    message = one_line(fault.message)[:200]
    message = message[:1].upper() + message[1:]
    return f"{message} {advice_of(fault)}".strip()


def place_of(document: object, path: Path) -> str:
    """Where it is, as the editor calls it: "I07, E12, deadline"."""
    if not path:
        return "Scenario"
    said = []
    at: Path = ()
    for step in path:
        at = (*at, step)
        if not isinstance(step, int):
            continue
        thing = value_at(document, at)
        name = thing.get("id") if isinstance(thing, dict) else None
        said.append(one_line(str(name))[:24] if name else f"{step + 1}.")
    words = [word for word in path[1:] if isinstance(word, str) and word in _FIELDS]
    if words:
        said.append(_FIELDS[words[-1]])
    first = _PLACES.get(str(path[0]), str(path[0]))
    if path[0] == "injects" and said:
        return ", ".join(said)
    return ", ".join([first, *said])
