"""A desktop of its own for tests: screen, window manager, D-Bus, notification service with working buttons.

    python -m tests.support.virtual_desktop [--size 1440x900] [--shot FILE --after SECONDS] -- COMMAND [ARG]

runs a command on one and exits as the command does; with --shot it takes a picture of the screen after so
many seconds, ends the command, and exits with 0 if the command was still running or had succeeded.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tests.support.dunst import Dunst
from tests.support.notification_monitor import NotificationMonitor
from tests.support.private_environment import ON_VIRTUAL_DESKTOP, private_folders
from tests.support.session_bus import SessionBus

PROGRAMS = ("Xvfb", "openbox", "dbus-daemon", "dunst", "xdotool", "import", "xprop")

T = TypeVar("T")


class VirtualDesktop:
    """Everything lives in private folders and ends with the `with` block; only own processes are ended."""

    def __init__(self, size: tuple[int, int] = (1440, 900)) -> None:
        self.size = size
        self.environment: dict[str, str] = {}

    # -- life ----------------------------------------------------------------------------------------
    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._start(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _start(self, stack: ExitStack) -> None:
        self._processes = stack
        folder = tempfile.TemporaryDirectory(prefix="desk-", ignore_cleanup_errors=True)
        self.folder = Path(stack.enter_context(folder))
        outside = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        self.environment = outside | private_folders(self.folder) | {
            "QT_QPA_PLATFORM": "xcb",
            "XDG_SESSION_TYPE": "x11",
            "XDG_CURRENT_DESKTOP": "openbox",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            ON_VIRTUAL_DESKTOP: "1",
        }
        self.environment["DISPLAY"] = f":{self._start_screen()}"
        self.bus_address = stack.enter_context(SessionBus()).address
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.bus_address
        self.start("openbox", "--sm-disable")
        managed = ("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
        self.wait_until(lambda: "window id" in self.output(*managed), "window manager")
        self.notifications = stack.enter_context(NotificationMonitor(self.bus_address))
        self._dunst = Dunst(self.folder)
        self.start(*self._dunst.command)
        self.wait_until(lambda: self._dunst.is_ready(self.bus_address), "notification service")

    def _start_screen(self) -> str:
        reading, writing = os.pipe()
        geometry = f"{self.size[0]}x{self.size[1]}x24"
        options = ["-screen", "0", geometry, "-dpi", "96", "-nolisten", "tcp", "-noreset"]
        self.start("Xvfb", "-displayfd", str(writing), *options, pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start: " + self.log("Xvfb"))
        return number

    # -- programs ------------------------------------------------------------------------------------
    def start(self, *command: str, pass_fds: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
        """Start a program in its own process group; it is ended with the desktop. Its output is in `log`."""
        with self._log_file(command[0]).open("ab") as log:
            process = subprocess.Popen(
                command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        self._processes.callback(_end, process)
        return process

    def run(self, *command: str) -> int:
        """Run a program to its end, its output going where ours goes; gives its exit status."""
        return subprocess.run(command, env=self.environment, check=False).returncode

    def output(self, *command: str) -> str:
        """What a program prints."""
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout

    def log(self, program: str) -> str:
        """Everything that programs of this name have printed."""
        file = self._log_file(program)
        return file.read_text(errors="replace") if file.exists() else ""

    def _log_file(self, program: str) -> Path:
        return self.folder / f"{Path(program).name}.log"

    @staticmethod
    def wait_until(reached: Callable[[], T], what: str, seconds: float = 20.0) -> T:
        """Ask again and again until the answer is true; gives that answer."""
        end = time.monotonic() + seconds
        while not (answer := reached()):
            if time.monotonic() > end:
                raise TimeoutError(f"{what}: not there within {seconds:g} s")
            time.sleep(0.03)
        return answer

    # -- what a person does and sees -------------------------------------------------------------------
    def wait_for_window(self, title: str, seconds: float = 30.0) -> str:
        """The window whose title holds this text (a regular expression), once it is on screen."""
        return self.wait_until(lambda: self.windows(title), f"window {title!r}", seconds)[0]

    def windows(self, title: str) -> list[str]:
        """The visible windows whose titles hold this text."""
        return self.output("xdotool", "search", "--onlyvisible", "--name", title).split()

    def focus(self, window: str) -> None:
        """Bring a window to the front, with the keyboard."""
        self.output("xdotool", "windowactivate", "--sync", window)

    def press_keys(self, *keys: str) -> None:
        """Press keys or chords one after the other, by their X names: "ctrl+n", "Return"."""
        self.output("xdotool", "key", "--delay", "30", *keys)

    def type_text(self, text: str) -> None:
        """Type text that an American keyboard has into whatever has the keyboard.

        For other letters xdotool changes the key map while typing and some are lost on the way.
        """
        if not text.isascii():
            raise ValueError(f"not on the keyboard: {text!r}")
        self.output("xdotool", "type", "--delay", "8", "--", text)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click at a place of the screen."""
        self.output("xdotool", "mousemove", "--sync", str(x), str(y), "click", str(button))

    def press_notification_button(self, label: str, summary: str = "") -> None:
        """Press the button with this label on the notification whose first line holds `summary`."""
        self._dunst.press(self.bus_address, label, summary)

    def notifications_on_screen(self) -> int:
        """How many notifications a person sees at this moment."""
        return self._dunst.on_screen(self.bus_address)

    def screenshot(self, file: Path, window: str = "root") -> Path:
        """Write a picture of the screen, or of one window, as PNG."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.output("import", "-window", window, str(file))
        if not file.exists():
            raise RuntimeError(f"no picture of {window} could be taken")
        return file


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _picture(desktop: VirtualDesktop, command: list[str], file: Path, after_s: float) -> int:
    process = desktop.start(*command)
    with suppress(subprocess.TimeoutExpired):  # still running, as a window should be
        process.wait(after_s)
    desktop.screenshot(file)
    sys.stderr.write(desktop.log(command[0]))
    return process.poll() or 0


def main() -> int:
    """The command line above."""
    parser = argparse.ArgumentParser(description="Run a command on a private virtual desktop.")
    parser.add_argument("--size", default="1440x900", help="of the screen, in pixels")
    parser.add_argument("--shot", type=Path, help="write a picture of the screen here")
    parser.add_argument("--after", type=float, default=3.0, help="... this many seconds after the start")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    if not command:
        parser.error("no command given")
    width, height = (int(number) for number in given.size.split("x"))
    with VirtualDesktop((width, height)) as desktop:
        if given.shot:
            return _picture(desktop, command, given.shot, given.after)
        return desktop.run(*command)


if __name__ == "__main__":
    sys.exit(main())
