"""Files and clipboard contents as pieces that can be attached, and a place to drop them."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QMimeDatabase, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.evidence import LARGEST_BYTES, clean_name
from desktop.domain.intake import NewEvidence
from desktop.ui.kit.button import Button
from desktop.ui.kit.dialogs import open_file_dialog
from desktop.ui.kit.label import Label


class DropArea(QFrame):
    """Takes files by drop, by paste and by browsing.

    Signals:
        dropped: (tuple of NewEvidence or Path) pieces, and files that still have to be read.
    """

    dropped = Signal(object)

    def __init__(
        self,
        words: str = "Drop files here, or paste a picture or text",
        parent: QWidget | None = None,
        *,
        title: str = "Attach a file",
        filters: str = "All files (*)",
    ) -> None:
        super().__init__(parent)
        self._dialog = (title, filters)
        self.setProperty("part", "drop")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words)
        self.setAccessibleDescription("Ctrl+V pastes, Enter browses.")
        self._words = Label(words, "secondary", wrap=True)
        browse = Button("Browse…")
        browse.setAccessibleName(f"Browse: {title.lower()}")
        browse.clicked.connect(self.browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 4, 4)
        row.addWidget(self._words, 1)
        row.addWidget(browse)

    def set_words(self, words: str) -> None:
        """Say something else."""
        self._words.setText(words)
        self.setAccessibleName(words)

    def browse(self) -> None:
        """Ask for a file."""
        dialog = open_file_dialog(self, *self._dialog)
        dialog.fileSelected.connect(self._take_file)
        dialog.open()

    def paste(self) -> None:
        """Take what the clipboard holds, if that can be attached."""
        found = pieces_of(QGuiApplication.clipboard().mimeData(), with_text=True)
        if found:
            self.dropped.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.browse()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.acceptProposedAction()
            self._glow(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._glow(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._glow(False)
        found = pieces_of(event.mimeData(), with_text=True)
        if found:
            event.acceptProposedAction()
            self.dropped.emit(found)

    def _take_file(self, path: str) -> None:
        if path:
            self.dropped.emit((Path(path),))

    def _glow(self, is_on: bool) -> None:
        self.setProperty("glowing", is_on)
        self.style().unpolish(self)
        self.style().polish(self)


def can_take(mime: QMimeData) -> bool:
    """Whether there is anything in it to attach."""
    return any(url.isLocalFile() for url in mime.urls()) or mime.hasImage() or mime.hasText()


def pieces_of(mime: QMimeData, *, with_text: bool) -> tuple[NewEvidence | Path, ...]:
    """What can be attached: local files, else a picture, else (`with_text`) a text."""
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files:
        return files
    if mime.hasImage():
        image = mime.imageData()
        data = _png(image) if isinstance(image, QImage) else b""
        return (NewEvidence("Pasted picture.png", data, "image/png"),) if data else ()
    if with_text and mime.hasText() and mime.text().strip():
        text = mime.text().encode("utf-8", "replace")
        return (NewEvidence("Pasted text.txt", text, "text/plain"),)
    return ()


def read_pieces(found: Iterable[NewEvidence | Path]) -> tuple[NewEvidence, ...]:
    """The pieces with the files among them read; on the worker.

    Raises: DeskError for a file that is a folder, too large or cannot be read.
    """
    return tuple(_read(piece) if isinstance(piece, Path) else piece for piece in found)


def _read(path: Path) -> NewEvidence:
    name = clean_name(path.name)
    try:
        if not path.is_file():
            raise DeskError(
                f"{name} is no file.", field="evidence", hint="Attach files one by one, or as an archive."
            )
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise DeskError(
            f"{name} cannot be read: {error.strerror or error}.",
            field="evidence",
            hint="Check that it is there.",
        ) from error
    if len(data) > LARGEST_BYTES:
        limit = LARGEST_BYTES // 1024 // 1024
        raise DeskError(f"{name} is larger than {limit} MiB.", field="evidence", hint="Attach a part of it.")
    kind = QMimeDatabase().mimeTypeForFileNameAndData(name, QByteArray(data[:4096])).name()
    return NewEvidence(name, data, kind)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
