"""The toolkit keeps its promises to Python on the version that constraints.txt pins."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

CALLS = 200


def the_calls(painter: QPainter, widget: QWidget, label: QLabel, timer: QTimer) -> list[Callable[[], object]]:
    """Twenty calls into Qt that give back nothing, over objects, timers, widgets, layouts and painters."""
    layout = QVBoxLayout(widget)
    return [
        QObject().parent,
        lambda: timer.setInterval(1000),
        lambda: timer.setSingleShot(True),
        timer.stop,
        lambda: label.setText("52 m left"),
        lambda: label.setEnabled(True),
        lambda: label.setAlignment(Qt.AlignmentFlag.AlignCenter),
        lambda: widget.resize(200, 100),
        lambda: widget.setWindowTitle("Board"),
        lambda: widget.setToolTip("Breached"),
        lambda: widget.setAccessibleName("Lane"),
        widget.update,
        widget.clearFocus,
        lambda: layout.setContentsMargins(1, 2, 3, 4),
        lambda: layout.setSpacing(4),
        lambda: painter.setPen(QColor("#123456")),
        lambda: painter.fillRect(QRect(0, 0, 4, 4), QColor("#fff")),
        lambda: painter.drawLine(QPoint(0, 0), QPoint(3, 3)),
        painter.save,
        painter.restore,
    ]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_void_calls_into_qt_keep_the_reference_to_none(qapp: QApplication) -> None:
    widget, label, timer = QWidget(), QLabel(), QTimer()
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    calls = the_calls(painter, widget, label, timer)
    before = sys.getrefcount(None)
    for call in calls:
        for _ in range(CALLS):
            call()
    lost = before - sys.getrefcount(None)
    painter.end()
    assert abs(lost) < CALLS // 4, f"{lost / CALLS / len(calls):+.2f} references to None lost per call"
