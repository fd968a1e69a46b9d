"""The evidence tab over a real desk with messages that came."""

from zipfile import ZipFile

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.domain.errors import DeskError
from desktop.domain.intake import NewEvidence
from desktop.domain.link_host import Fetched
from desktop.domain.person import Role
from desktop.services.bundle_check import verify_bundle
from desktop.ui.escalation.panel import DetailPanel
from tests.services.signal_desk import SignalDesk

PAGE = "https://grafana.example.org/d/1"
CONFIRM = "https://sns.example.org/?Action=ConfirmSubscription&Token=1"


class Site:
    """Gives a page to whoever asks, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fault: DeskError | None = None

    def __call__(self, url):
        self.asked.append(url)
        if self.fault is not None:
            raise self.fault
        return Fetched(url, "text/html", b"<script>alert(1)</script>")


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def signals(real_desk):
    return SignalDesk(real_desk.base)


@pytest.fixture
def panel(qtbot, around, real_desk, tmp_path, site):
    made = DetailPanel(
        real_desk,
        runner=around.runner,
        theme=around.theme,
        icons=around.icons,
        heartbeat=around.heartbeat,
        viewing_folder=tmp_path / "view",
        keys_of=around.actions.first_key,
        fetch=site,
    )
    qtbot.addWidget(made)
    made.resize(380, 900)
    made.show()
    return made


def shown(panel, qtbot, around, kept):
    """The evidence tab of the escalation that a signal counts on."""
    panel.show_escalation(kept.escalation_id)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    panel.parts.tabbed.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    return panel.parts.tabbed.evidence


def choose(tab, name):
    row = next(n for n, row in enumerate(tab.rows) if name in row.name)
    tab._list.setCurrentIndex(tab._model.index(row, 0))


def named(tab, kind):
    row = next(n for n, row in enumerate(tab.named.model.rows) if row.kind == kind)
    tab.named.table.setCurrentIndex(tab.named.model.index(row, 0))
    return tab.named


def test_it_is_made_when_it_is_first_looked_at(panel, qtbot, around, signals):
    panel.show_escalation(signals.send("db").escalation_id)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert panel.outside is None


def test_messages_and_files_stand_in_the_order_they_came(panel, qtbot, around, signals):
    kept = signals.send("db")
    signals.clock.forward(minutes=1)
    note = NewEvidence("note.txt", b"text", "text/plain")
    signals.base.commands.attaching.attach(kept.escalation_id, note, signals.coordinator)
    signals.repeat("db", note="again")
    tab = shown(panel, qtbot, around, kept)
    assert [row.name for row in tab.rows] == ["probe-1.json", "note.txt", "Message of Probe"]


def test_a_message_tells_source_instant_and_hash(panel, qtbot, around, signals):
    tab = shown(panel, qtbot, around, signals.send("db"))
    said = tab._about.text()
    assert said.startswith("Message of Probe, received ")
    assert tab.rows[0].sha256 in said.replace("\u200b", "")


def test_a_message_is_read_as_it_came(panel, qtbot, around, signals):
    kept = signals.send("db")
    signals.repeat("db", note="<img src=x>\u202e")
    tab = shown(panel, qtbot, around, kept)
    choose(tab, "Message of Probe")
    tab._read.click()
    qtbot.waitUntil(lambda: "<img src=x>⟨U+202E⟩" in tab.text.box.toPlainText())


def test_the_text_follows_the_chosen_row_and_goes_away(panel, qtbot, around, signals):
    kept = signals.send("db")
    signals.repeat("db", note="second")
    tab = shown(panel, qtbot, around, kept)
    tab._read.click()
    choose(tab, "Message of Probe")
    qtbot.waitUntil(lambda: "second" in tab.text.box.toPlainText())
    tab.text.hide_button.click()
    assert tab.text.isHidden()


def test_links_are_listed_with_their_kind(panel, qtbot, around, signals):
    kept = signals.send("db", runbook="https://wiki.example.org/db", graph_url=PAGE, SubscribeURL=CONFIRM)
    tab = shown(panel, qtbot, around, kept)
    kinds = [(row.kind, row.shown) for row in tab.named.model.rows]
    assert kinds == [("Confirmation", CONFIRM), ("Runbook", "https://wiki.example.org/db"), ("Graph", PAGE)]


def test_a_piece_of_a_log_is_shown_as_text(panel, qtbot, around, signals):
    tab = shown(panel, qtbot, around, signals.send("db", log="line 1\nOut of memory"))
    named(tab, "Log excerpt").show_text.click()
    assert tab.text.box.toPlainText() == "line 1\nOut of memory"


def test_a_confirmation_is_shown_and_never_fetched(panel, qtbot, around, signals, site):
    links = named(shown(panel, qtbot, around, signals.send("db", SubscribeURL=CONFIRM)), "Confirmation")
    assert "never fetched" in links.about.text()
    assert links.fetch.isHidden()
    links.fetch.click()
    assert site.asked == []


def test_a_host_is_asked_only_after_a_person_has_allowed_it(panel, qtbot, around, signals, site, real_desk):
    kept = signals.send("db", graph_url=PAGE)
    tab = shown(panel, qtbot, around, kept)
    named(tab, "Graph").fetch.click()
    assert site.asked == []
    with qtbot.waitSignal(panel.work_done):
        next(b for b in panel.outside.question.buttons() if b.objectName() == "allow").click()
    assert site.asked == [PAGE]
    (name,) = [piece.name for piece in real_desk.evidence.all(kept.escalation_id)][1:]
    assert name == "grafana.example.org 1.txt"


def test_a_host_that_is_allowed_is_asked_without_a_question(panel, qtbot, around, signals, site):
    kept = signals.send("db", graph_url=PAGE)
    tab = shown(panel, qtbot, around, kept)
    named(tab, "Graph").fetch.click()
    with qtbot.waitSignal(panel.work_done):
        next(b for b in panel.outside.question.buttons() if b.objectName() == "allow").click()
    qtbot.waitUntil(lambda: tab.named.chosen.link.is_allowed)
    with qtbot.waitSignal(panel.work_done):
        tab.named.fetch.click()
    assert site.asked == [PAGE, PAGE]


def test_a_refused_question_asks_nobody(panel, qtbot, around, signals, site):
    tab = shown(panel, qtbot, around, signals.send("db", graph_url=PAGE))
    named(tab, "Graph").fetch.click()
    next(b for b in panel.outside.question.buttons() if b.objectName() == "no").click()
    assert panel.outside.question is None
    assert site.asked == []


def test_what_does_not_answer_is_told(panel, qtbot, around, signals, site):
    site.fault = DeskError("The address answers 404.")
    tab = shown(panel, qtbot, around, signals.send("db", graph_url=PAGE))
    named(tab, "Graph").fetch.click()
    with qtbot.waitSignal(panel.message_requested) as said:
        next(b for b in panel.outside.question.buttons() if b.objectName() == "allow").click()
    assert said.args == ["The address answers 404."]
    assert tab.named.fetch.isEnabled()


def test_who_may_not_allow_a_host_reads_who_may(panel, qtbot, around, signals, real_desk):
    real_desk.act_as(Role.ON_CALL)
    links = named(shown(panel, qtbot, around, signals.send("db", graph_url=PAGE)), "Graph")
    assert not links.fetch.isEnabled()
    assert "coordinator or a lead" in links.fetch.toolTip()


def test_an_address_is_copied_not_followed(panel, qtbot, around, signals):
    named(shown(panel, qtbot, around, signals.send("db", graph_url=PAGE)), "Graph").copy.click()
    assert QGuiApplication.clipboard().text() == PAGE


def test_all_of_it_goes_out_as_one_file_that_holds(panel, qtbot, around, signals, tmp_path):
    tab = shown(panel, qtbot, around, signals.send("db"))
    panel.outside.export_to(str(tmp_path / "case"))
    qtbot.waitUntil(tab.exported.isVisible)
    assert verify_bundle(tmp_path / "case.zip") == ()
    assert tab.exported.said.text().startswith("Saved case.zip: 3 files and a manifest.")
    assert "manifest.json" in ZipFile(tmp_path / "case.zip").namelist()


def test_an_export_that_cannot_be_written_is_told(panel, qtbot, around, signals, tmp_path):
    tab = shown(panel, qtbot, around, signals.send("db"))
    with qtbot.waitSignal(panel.message_requested) as said:
        panel.outside.export_to(str(tmp_path / "nowhere" / "case.zip"))
    assert "could not be written" in said.args[0]
    assert tab.export.isEnabled()


def test_a_message_is_saved_byte_for_byte(panel, qtbot, around, signals, tmp_path):
    kept = signals.send("db")
    tab = shown(panel, qtbot, around, kept)
    panel.outside._saving = tab.chosen
    panel.outside.save_to(str(tmp_path / "message.json"))
    qtbot.waitUntil(lambda: (tmp_path / "message.json").exists())
    assert (tmp_path / "message.json").read_bytes() == signals.signals.details(kept.id).body
