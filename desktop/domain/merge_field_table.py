"""The table of merge fields: first those of the specification in its order, then those its texts need."""

from desktop.domain.merge_field_value import (
    BLOCK,
    OMIT,
    Approver,
    Empty,
    FieldKind,
    MergeField,
    block_at,
    say,
)
from desktop.domain.message import FINAL_STAGES, Audience, Stage

_LETTERS = {"I": Audience.INTERNAL, "C": Audience.CUSTOMER, "E": Audience.EXECUTIVE}
_UNFINISHED = tuple(stage for stage in Stage if stage not in FINAL_STAGES)
_BY_PEOPLE = "written for messages"
_COMMITTEE = block_at(Stage.COMMITTEE_REQUEST)
_REVIEW = say("Analysis due {review_due}", "The analysis is under way")


def _field(
    name: str, kind: str, audiences: str, label: str, source: str, empty: Empty, hint: str = ""
) -> MergeField:
    readers = frozenset(_LETTERS[letter] for letter in audiences)
    return MergeField(name, FieldKind(kind), readers, label, source, empty, hint=hint)


def _written(
    name: str,
    kind: str,
    audiences: str,
    label: str,
    empty: Empty,
    hint: str,
    *,
    approver: Approver = Approver.NOBODY,
    is_standing: bool = False,
) -> MergeField:
    readers = frozenset(_LETTERS[letter] for letter in audiences)
    return MergeField(
        name, FieldKind(kind), readers, label, _BY_PEOPLE, empty, True, approver, hint, is_standing
    )


#: The fields of the specification's table, row by row.
NAMED: tuple[MergeField, ...] = (
    _field("ref", "T", "ICE", "Number", "escalation", OMIT),
    _written("title_plain", "T", "ICE", "Title in plain words", BLOCK,
             "What is it about, in words a customer uses?"),
    _field("status_word", "T", "ICE", "Status", "state of the escalation", OMIT,
           "Investigating, Identified, Contained, Resolved or Review"),
    _field("level", "T", "IE", "Level", "score", OMIT),
    _field("score", "N", "IE", "Score", "score", OMIT),
    _field("score_reasons", "L", "IE", "Reasons of the score", "score", OMIT),
    _field("customer_name", "T", "ICE", "Customer", "customer", OMIT),
    _field("customer_tier", "T", "ICE", "Tier of the customer", "customer", OMIT),
    _written("contact_first_name", "T", "ICE", "First name of the reader", OMIT,
             "Whom do you greet? Without a name the greeting has none."),
    _field("product_area", "T", "ICE", "Product area", "classification", BLOCK),
    _written("started_at", "D", "ICE", "Began at", say("being established"),
             "Since when do customers see it? Without it, when the escalation was opened."),
    _field("detected_at", "D", "ICE", "Noticed at", "timeline", say("being established")),
    _field("acknowledged_at", "D", "ICE", "Acknowledged at", "timeline", say("being established")),
    _field("contained_at", "D", "ICE", "Contained at", "timeline", say("being established")),
    _field("resolved_at", "D", "ICE", "Resolved at", "timeline", say("being established")),
    _field("duration_words", "T", "ICE", "How long", "computed", OMIT),
    _written("impact_plain", "T", "C", "What customers see", BLOCK,
             "What do customers see, and what still works?"),
    _written("impact_scope", "T", "ICE", "How many are affected",
             say("we are still counting; next figure at {next_update_at}", "we are still counting"),
             "A number or a range, where it comes from, and of what time"),
    _written("not_affected", "T", "C", "What is not affected", OMIT, "What works as usual?"),
    _written("workaround", "T", "C", "Work-around", say("There is no work-around at present."),
             "What can customers do until it is solved?"),
    _written("data_loss_statement", "T", "C", "Data loss", block_at(Stage.RESOLUTION, Stage.POST_RESOLUTION),
             "None, a window of time, or under review: as an engineer confirmed it",
             approver=Approver.ENGINEER),
    _written("security_statement", "T", "C", "Security", OMIT, "Only what was approved",
             approver=Approver.LEAD),
    _written("actions_taken", "L", "ICE", "Actions taken", block_at(Stage.PERIODIC),
             "What was done, and with what effect? One line each."),
    _written("current_step", "T", "ICE", "What is done now", BLOCK, "What is being done at this moment?"),
    _written("next_steps", "L", "ICE", "Next steps", BLOCK, "What comes next, who does it, by when?"),
    _field("owner_name", "P", "IE", "Owner", "assignment", BLOCK),
    _written("owner_role", "T", "ICE", "Role of the owner", BLOCK,
             "Who works on it, without a name: payments team"),
    _written("contact_point", "T", "C", "Where to reach us", BLOCK,
             "Line, mail address, and what to quote", is_standing=True),
    _field("next_update_at", "D", "ICE", "Next update at", "promise", block_at(*_UNFINISHED)),
    _field("next_update_relative", "T", "I", "Next update, in how long", "computed", OMIT),
    _field("cadence_words", "T", "C", "How often we write", "policy", OMIT),
    _field("changed_since_last", "L", "ICE", "Changed since the last message", "last message",
           say("No change since {last_update_at}.", "This is our first message.")),
    _field("last_update_at", "D", "ICE", "Last message at", "messages", say("first")),
    _field("update_no", "N", "ICE", "Number of this message", "messages", say("first")),
    _written("eta_range", "T", "IC", "When it may be solved", say("We do not have a reliable time yet."),
             "From when to when, with the zone", approver=Approver.LEAD),
    _written("eta_confidence", "T", "IC", "How sure that is", OMIT, "High, medium or low, and why",
             approver=Approver.LEAD),
    _written("eta_owner", "P", "I", "Who said so", OMIT, "Who gave the time?"),
    _written("decision_needed", "T", "IE", "Decision needed", _COMMITTEE, "One question"),
    _written("decision_options", "L", "IE", "Options", _COMMITTEE, "Each with its consequence, line by line"),
    _written("decision_by", "D", "IE", "Decision needed by", _COMMITTEE, "Until when it can wait"),
    _written("approver", "P", "IE", "Who decides", _COMMITTEE, "Name and role"),
    _written("delegate", "P", "IE", "Who stands in", _COMMITTEE, "Name and role"),
    _field("confirmed_by", "P", "IC", "Confirmed by", "containment or resolution",
           block_at(Stage.CONTAINMENT)),
    _written("how_to_tell", "T", "C", "How customers can tell", block_at(Stage.RESOLUTION),
             "What does recovery look like, and what if the problem persists?"),
    _written("trigger_plain", "T", "C", "What set it off", _REVIEW, "In plain words, without names",
             approver=Approver.LEAD),
    _written("root_cause_plain", "T", "C", "Root cause", _REVIEW, "In plain words, without names",
             approver=Approver.LEAD),
    _written("contributing_plain", "L", "C", "What made it worse", _REVIEW, "One line each",
             approver=Approver.LEAD),
    _written("prevention_done", "L", "C", "What we have changed", block_at(Stage.POST_RESOLUTION),
             "One line each, with the date"),
    _written("prevention_planned", "L", "C", "What we will change", block_at(Stage.POST_RESOLUTION),
             "One line each, with the date and who answers for it"),
    _written("review_due", "D", "ICE", "Review due", OMIT, "By when cause and prevention are written"),
    _written("review_link", "T", "ICE", "Link to the review", OMIT, "Where it can be read"),
    _written("credit_statement", "T", "C", "Credit", OMIT, "Only what was approved", approver=Approver.LEAD),
    _written("bridge_link", "T", "I", "Call of the team", OMIT, "Link of the call", is_standing=True),
    _written("channel_name", "T", "I", "Chat of the team", OMIT, "Name of the channel", is_standing=True),
    _field("oncall_names", "L", "I", "On call", "roster", OMIT),
    _field("playbook_ref", "T", "I", "Playbook", "playbook that runs", OMIT),
    _field("sla_due", "D", "IE", "Tightest deadline", "clocks", OMIT),
    _field("sla_left", "T", "IE", "Time left", "clocks", OMIT),
    _field("sla_breached", "T", "IE", "Deadline missed", "clocks", OMIT),
    _field("open_promises", "L", "I", "Open promises", "promises", say("none")),
    _field("drill_banner", "T", "ICE", "Exercise", "run", OMIT),
)  # fmt: skip

#: What the specification's texts and stages need besides.
BESIDES: tuple[MergeField, ...] = (
    _field("salutation", "T", "ICE", "Greeting", "contact", OMIT),
    _field("as_of", "D", "ICE", "Time of the figure", "how many are affected", OMIT),
    _written("summary_plain", "T", "CE", "Summary", block_at(Stage.POST_RESOLUTION, Stage.EXECUTIVE_BRIEF),
             "What happens, for whom, since when? In one or two sentences"),
    _written("still_impaired", "T", "C", "What is still impaired", block_at(Stage.CONTAINMENT),
             "What does not work as usual yet?"),
    _written("watch_items", "L", "C", "What is watched", block_at(Stage.CONTAINMENT),
             "What do we watch to be sure? One line each"),
    _field("confirmed_by_role", "T", "ICE", "Role of who confirmed", "containment or resolution",
           block_at(Stage.CONTAINMENT)),
    _field("promised_at", "D", "ICE", "Promised at", "promise that was missed", block_at(Stage.LATE)),
    _field("late_by", "T", "ICE", "How late", "promise that was missed", OMIT),
    _written("what_was_wrong", "T", "C", "What was wrong", block_at(Stage.CORRECTION),
             "Which statement of ours was wrong?"),
    _written("what_is_right", "T", "C", "What is right", block_at(Stage.CORRECTION), "What is so instead?"),
    _written("known_since", "D", "C", "Known since", block_at(Stage.CORRECTION), "Since when do we know?"),
    _field("summary", "T", "I", "Part: summary", "record", OMIT),
    _field("impact", "T", "I", "Part: impact assessment", "record", OMIT),
    _field("owners", "T", "I", "Part: owners", "record", OMIT),
    _written("conditions", "T", "I", "Conditions", block_at(Stage.INTERNAL_BRIEF),
             "How do things stand? What is known, what is not?"),
    _written("needs", "T", "I", "Needs", say("Nothing is needed at present."),
             "What is missing, from whom, by when?"),
    _written("do_not", "L", "I", "Do not", say("nothing named"), "What would make it worse? One line each"),
    _written("who_knows", "L", "I", "Who knows what", OMIT, "One line each"),
    _field("open_decisions", "L", "I", "Open decisions", "record", say("none")),
    _written("decision_recommendation", "T", "IE", "Recommendation", _COMMITTEE, "Which option, and why"),
    _written("decision_default", "T", "IE", "If nobody decides", _COMMITTEE,
             "What we do when there is no decision by then"),
    _field("liaison_name", "P", "IE", "Liaison", "who writes the message", OMIT),
    _field("status_age", "T", "I", "In this status for", "timeline", OMIT),
    _field("next_update_clock", "T", "I", "Next update, time of day", "promise", OMIT),
    _field("waiting_for", "T", "I", "Waiting for", "escalation", OMIT),
)  # fmt: skip

TABLE: tuple[MergeField, ...] = (*NAMED, *BESIDES)
