"""Prometheus Alertmanager from the system's packages, on a free port of the loopback, while entered."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

PROGRAM = "prometheus-alertmanager"
_READY_S = 20.0
_CONFIGURATION = """
route:
  receiver: desk
  group_by: [alertname]
  group_wait: 50ms
  group_interval: 200ms
  repeat_interval: 200ms
receivers:
  - name: desk
    {receiver}
"""


class Alertmanager:
    """Sends what it is told to the receiver of its configuration, again and again while it fires."""

    def __init__(self, folder: Path, receiver: str) -> None:
        """`receiver` is one entry of the configuration's `receivers`, in YAML's flow style."""
        self._folder = folder
        self._receiver = receiver

    def __enter__(self) -> Self:
        configuration = self._folder / "alertmanager.yml"
        configuration.write_text(_CONFIGURATION.format(receiver=self._receiver))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._address = f"127.0.0.1:{free.getsockname()[1]}"
        self._log = (self._folder / "alertmanager.log").open("wb")
        self._process = subprocess.Popen(
            [
                PROGRAM,
                f"--config.file={configuration}",
                f"--storage.path={self._folder / 'alertmanager'}",
                f"--web.listen-address={self._address}",
                "--cluster.listen-address=",
            ],
            stdout=self._log,
            stderr=self._log,
        )
        try:
            self._wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._log.close()

    def fire(self, name: str, **labels: str) -> None:
        """An alert fires."""
        self._post(self._alert(name, labels))

    def resolve(self, name: str, **labels: str) -> None:
        """It is over."""
        ended = datetime.now(UTC) - timedelta(seconds=1)
        self._post(self._alert(name, labels) | {"endsAt": ended.isoformat()})

    def _alert(self, name: str, labels: dict[str, str]) -> dict[str, Any]:
        started = datetime.now(UTC) - timedelta(minutes=5)
        return {
            "labels": {"alertname": name, "severity": "critical"} | labels,
            "annotations": {"summary": f"{name} on the real thing"},
            "generatorURL": "http://prometheus.example/graph",
            "startsAt": started.isoformat(),
        }

    def _post(self, alert: dict[str, Any]) -> None:
        request = urllib.request.Request(
            f"http://{self._address}/api/v2/alerts",
            json.dumps([alert]).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200

    def _wait_until_ready(self) -> None:
        end_s = time.monotonic() + _READY_S
        while True:
            try:
                with urllib.request.urlopen(f"http://{self._address}/-/ready", timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError):
                if self._process.poll() is not None or time.monotonic() > end_s:
                    said = (self._folder / "alertmanager.log").read_text()
                    raise RuntimeError(f"Alertmanager did not start:\n{said}") from None
            time.sleep(0.02)
