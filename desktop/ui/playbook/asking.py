"""What a step asks for before it is done, skipped or found unclear."""

from desktop.domain.playbook import StepKind
from desktop.domain.playbook_run import Run, RunStep
from desktop.ui.kit.prompt import Prompt, PromptField
from desktop.ui.playbook.use_words import right_words


def needs_words(one: RunStep) -> bool:
    """Whether a step is done only with words: a decision. Evidence may be given, and need not be."""
    return one.step.kind is StepKind.DECIDE


def ask_done(run: Run, one: RunStep) -> Prompt:
    """The decision or the evidence; evidence may be left out, a decision may not."""
    if one.step.kind is StepKind.DECIDE:
        decision = run.decision(one.step)
        fields = [PromptField("answer", "What was decided, and why", "text")]
        if one.step.evidence:
            fields.append(PromptField("evidence", "Evidence", hint=one.step.evidence, required=False))
        about = right_words(decision) if decision is not None else ""
        return Prompt("Record the decision", fields, "Record decision", about=one.step.text, text=about)
    field = PromptField("evidence", "Evidence", hint=one.step.evidence, required=False)
    return Prompt("Mark the step as done", [field], "Mark as done", about=one.step.text)


def ask_skip(one: RunStep) -> Prompt:
    """Why it is left out."""
    text = "Three skips of a step propose to change it." if not one.step.is_optional else ""
    field = PromptField("reason", "Why it does not fit here")
    return Prompt("Skip the step", [field], "Skip step", about=one.step.text, text=text)


def ask_unclear(one: RunStep) -> Prompt:
    """What it does not say."""
    field = PromptField("what", "What is unclear or missing")
    return Prompt("Say what is unclear", [field], "Tell the owner", about=one.step.text)
