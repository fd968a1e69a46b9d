"""A private D-Bus session bus that starts nothing by name, so that "no service there" can be tried."""

import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

CONFIGURATION = """\
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:tmpdir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class SessionBus:
    """Runs `dbus-daemon` while entered; `address` is what DBUS_SESSION_BUS_ADDRESS should say."""

    address = ""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="desk-bus-")
        configuration = Path(self._folder.name) / "session.conf"
        configuration.write_text(CONFIGURATION.format(folder=self._folder.name))
        reading, writing = os.pipe()
        self._daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={configuration}", "--nofork", f"--print-address={writing}"],
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            self.address = answer.readline().strip()
        if not self.address:
            self.__exit__(None, None, None)
            raise RuntimeError("dbus-daemon did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._daemon.terminate()
        self._daemon.wait(10)
        self._folder.cleanup()
