"""The form of a source at work: it is kept, its mailbox looked into, its mapping tried, opened and saved."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import DeskError
from desktop.domain.signal_preset import SignalPreset
from desktop.domain.source import Source, SourceKind
from desktop.services.aside import Aside
from desktop.services.signal_preset import load
from desktop.ui.signals import calls
from desktop.ui.signals.calls import Saved
from desktop.ui.signals.ports import SignalsServices
from desktop.ui.signals.source_form import SourceForm
from desktop.ui.signals.trying import Trial
from desktop.ui.surroundings import Surroundings
from desktop.ui.tasks import TaskRunner


class SourceEditing(QObject):
    """Carries out what the form asks for.

    Signals:
        saved: (Saved) the source is kept.
        message_requested: (str) what was done.
    """

    saved = Signal(object)
    message_requested = Signal(str)

    def __init__(self, services: SignalsServices, around: Surroundings) -> None:
        super().__init__()
        self._services = services
        self._runner = around.runner
        self._known: tuple[SignalPreset, ...] = ()
        self._tries = 0
        self._looks = 0
        self.form = SourceForm()
        self.form.hide()
        self.outside = TaskRunner(Aside(), self)  # a mail server may take long; the desk's worker goes on
        self.outside.bug_found.connect(around.runner.bug_found)
        self.form.keep_requested.connect(self._keep)
        self.form.look_requested.connect(self._look)
        self.form.try_requested.connect(self._try)
        self.form.last_requested.connect(self._ask_last)
        self.form.open_requested.connect(self._open_mapping)
        self.form.save_requested.connect(self._save_mapping)

    def open(self, source: Source, password_note: str) -> None:
        """Show the form of a source; what was asked for the one before counts no more."""
        self._tries += 1
        self._looks += 1
        if not self._known:
            self._runner.run(calls.known_mappings, self._know, owner=self)
        self.form.show_source(source, password_note)
        self.form.show()
        self.form.name.setFocus()

    def _know(self, presets: tuple[SignalPreset, ...]) -> None:
        self._known = presets
        self.form.offer_presets(presets)

    def _keep(self, source: Source, password: str) -> None:
        work = partial(calls.save, self._services, source, password)
        self._runner.run(work, self._tell_kept, self.form.show_error, owner=self)

    def _tell_kept(self, saved: Saved) -> None:
        self.saved.emit(saved)

    def _look(self, source: Source, password: str) -> None:
        self._looks += 1
        work = partial(_looked, self._looks, self._services, source, password)
        self.outside.run(work, self._found, owner=self)

    def _found(self, answer: tuple[int, str, bool]) -> None:
        number, words, is_fault = answer
        if number == self._looks:
            self.form.mailbox.show_found(words, is_fault=is_fault)

    def _try(self, kind: SourceKind, sample: str, mapping: Mapping[str, Any] | None) -> None:
        self._tries += 1
        work = partial(_tried, self._tries, self._services, kind, sample, mapping, self._known)
        self._runner.run(work, self._show_trial, owner=self)

    def _show_trial(self, answer: tuple[int, Trial]) -> None:
        if answer[0] == self._tries:
            self.form.reading.pane.show_trial(answer[1])

    def _ask_last(self, source_id: int) -> None:
        work = partial(calls.last_body, self._services, source_id)
        self._runner.run(work, self.form.reading.pane.show_last, owner=self)

    def _open_mapping(self, path: Path) -> None:
        self._runner.run(partial(load, path), self.form.show_preset, self.form.reading.show_fault, owner=self)

    def _save_mapping(self, path: Path, preset: SignalPreset) -> None:
        work = partial(calls.keep_mapping, path, preset)
        self._runner.run(work, self._tell_saved, self.form.reading.show_fault, owner=self)

    def _tell_saved(self, sentence: str) -> None:
        self.message_requested.emit(sentence)


def _looked(number: int, services: SignalsServices, source: Source, password: str) -> tuple[int, str, bool]:
    """What was found, or why nothing was, with the number of its question: only the last one counts."""
    try:
        return number, calls.look_into(services, source, password), False
    except DeskError as fault:
        return number, str(fault), True


def _tried(
    number: int,
    services: SignalsServices,
    kind: SourceKind,
    sample: str,
    mapping: Mapping[str, Any] | None,
    known: tuple[SignalPreset, ...],
) -> tuple[int, Trial]:
    """The trial with the number of its question, as above."""
    return number, calls.tried(services, kind, sample, mapping, known)
