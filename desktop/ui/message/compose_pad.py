"""What is done to a draft by those who write it, and what of that is shown."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.message import Finding, Medium
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.banner import BannerStack
from desktop.ui.kit.prompt import PromptField
from desktop.ui.message.compose_body import ComposeBody
from desktop.ui.message.compose_findings import GAP
from desktop.ui.message.compose_keeper import DraftKeeper
from desktop.ui.message.compose_mend import mended
from desktop.ui.message.compose_words import MEDIA, copied_text
from desktop.ui.message.ports import Changes, Difference, KeepsMessages, Writing

_SPARE = "spare"


class Pad(QObject):
    """Joins the fields to the draft that is kept.

    Signals:
        changed: something was typed or chosen.
        message_requested: (str)
    """

    changed = Signal()
    message_requested = Signal(str)

    def __init__(
        self,
        page: QWidget,
        body: ComposeBody,
        banners: BannerStack,
        keeper: DraftKeeper,
        keeps: KeepsMessages,
    ) -> None:
        super().__init__(page)
        self._body = body
        self._banners = banners
        self._keeper = keeper
        self._keeps = keeps
        self._asked_rule = 0
        self._beside = 0
        self._typed: set[str] = set()
        self._now: datetime | None = None
        self.writing: Writing | None = None
        self.box = AskBox(page)
        self._connect()

    def show_writing(self, writing: Writing, now: datetime) -> None:
        """Show the draft as it stands; what is being typed stays."""
        before, self.writing = self.writing, writing
        if before is None or before.key != writing.key or before.stage is not writing.stage:
            self._body.media.forget_choices()
        unkept, self._now = self._keeper.unkept, now
        self._body.pick.show_writing(writing)
        self._body.media.show_writing(writing, unkept.texts.keys())
        self._body.next.show_writing(writing, now, keep=unkept.next_update_at is not None)
        self._show_used()
        self._body.show_release(writing.release)
        self._tell(writing)

    def settle(self) -> None:
        """What was typed so far is ready, though the focus is still there."""
        if self._typed:
            self._keeper.note(Changes(settled=frozenset(self._typed)))
            self._typed.clear()

    def clear(self) -> None:
        """Nothing is written any more."""
        self.writing = None
        self._typed.clear()
        self._banners.withdraw(_SPARE)

    # -- within
    def _connect(self) -> None:
        facts, media, findings = self._body.facts, self._body.media, self._body.findings
        facts.typed.connect(self._type_fact)
        facts.settled.connect(self._settle_fact)
        facts.approved.connect(self._approve)
        media.typed.connect(self._type_text)
        media.restore_requested.connect(self._restore)
        media.copy_requested.connect(self._copy)
        media.spread_requested.connect(self._spread)
        media.way_changed.connect(self._show_used)
        self._body.next.chosen.connect(self._choose_next)
        findings.fix_requested.connect(self._fix)
        findings.shown.connect(self._go_to)
        findings.override_requested.connect(self._ask_why)
        self.box.answered.connect(self._override)
        self._banners.pressed.connect(self._choose_spare)

    def _note(self, changes: Changes, *, at_once: bool = False) -> None:
        self._keeper.note(changes, at_once=at_once)
        self.changed.emit()

    def _type_fact(self, name: str, text: str) -> None:
        self._typed.add(name)
        self._note(Changes(facts={name: text}))

    def _settle_fact(self, name: str) -> None:
        self._typed.discard(name)
        self._note(Changes(settled=frozenset((name,))), at_once=True)

    def _type_text(self, medium: Medium, subject: str, body: str) -> None:
        self._note(Changes(texts={medium: (subject, body)}))

    def _choose_next(self, at: datetime) -> None:
        self._note(Changes(next_update_at=at))

    def _restore(self, medium: Medium) -> None:
        self._note(Changes(restored=frozenset((medium,))), at_once=True)

    def _spread(self, difference: Difference) -> None:
        if self.writing is not None:
            self._keeper.do(partial(self._keeps.spread, self.writing.key, difference))
            self.changed.emit()

    def _approve(self, name: str) -> None:
        if self.writing is not None:
            self._keeper.do(partial(self._keeps.approve, self.writing.key, name))

    def _copy(self, medium: Medium) -> None:
        texts = [text for text in self._body.media.texts() if text.medium is medium]
        QApplication.clipboard().setText(copied_text(texts))
        self.message_requested.emit(f"{MEDIA[medium]}: copied")

    def _show_used(self) -> None:
        """Show the facts of the texts that are used and what is found in them; of others how much that is."""
        if self.writing is not None and self._now is not None:
            used = self._body.media.chosen().keys() or {text.medium for text in self.writing.media[:1]}
            facts = [each for each in self.writing.facts if not each.media or each.media & used]
            self._body.facts.show_facts(facts, self._now, self._keeper.unkept.facts.keys())
            told = [each for each in self.writing.findings if each.medium in used]
            elsewhere = len(self.writing.findings) - len(told)
            self._body.findings.show_findings(told, self.writing.overrides, elsewhere)

    def _fix(self, group: Sequence[Finding]) -> None:
        if self.writing is None:
            return
        facts, media = self._body.facts, self._body.media
        changes = Changes()
        for finding in group:
            one = mended(self.writing, media.texts(), facts.texts(), finding)
            for name, text in one.facts.items():
                facts.put(name, text)
            for medium, (subject, body) in one.texts.items():
                media.boxes[medium].put(subject, body)
            changes = changes.and_then(one).and_then(Changes(settled=frozenset(one.facts)))
        self._note(changes, at_once=True)

    def _go_to(self, finding: Finding) -> None:
        """To the fact that is missing, or to the words."""
        facts = self.writing.facts if self.writing is not None else ()
        quote = finding.quote.lower()
        gaps = {f"{GAP} {each.label.lower()}]": each.name for each in facts}
        if not self._body.facts.go_to(gaps.get(quote, quote)):
            at = (-1, -1) if finding.in_subject else (finding.begin, finding.end)
            self._body.media.go_to(finding.medium, *at)

    def _ask_why(self, finding: Finding) -> None:
        self._asked_rule = finding.rule
        self.box.ask(
            "override",
            "Send all the same",
            (PromptField("reason", "Reason", hint="It stands in the timeline with the message."),),
            "Override",
            concerns=finding.rule,
            text=finding.why,
        )

    def _override(self, _what: str, answers: dict[str, str]) -> None:
        self.box.close()
        self._note(Changes(overrides={self._asked_rule: answers["reason"].strip()}), at_once=True)

    def _tell(self, writing: Writing) -> None:
        self._body.unreal.setVisible(not writing.is_real)
        if not writing.spare:
            self._banners.withdraw(_SPARE)
            return
        spare = writing.spare[0]
        self._beside = spare.id
        said = f"{spare.by} changed the same text ({MEDIA[spare.medium]}): “{_short(spare.text)}”"
        choices: Sequence[tuple[str, str]] = (("keep", "Keep what stands"), ("take", "Take the other"))
        self._banners.show_banner(_SPARE, said, "warning", choices)

    def _choose_spare(self, banner: str, button: str) -> None:
        if banner == _SPARE and self.writing is not None:
            settle = partial(self._keeps.settle, self.writing.key, self._beside, take=button == "take")
            self._keeper.do(settle)


def _short(text: str) -> str:
    line = " ".join(text[:200].split())
    return line if len(text) <= 200 else f"{line}…"
