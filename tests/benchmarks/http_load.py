"""Sends signals as fast as they are answered, from a process of its own.

    python -m tests.benchmarks.http_load PORT TOKEN CONNECTIONS SECONDS

Each connection stays open and sends the next signal when the last was answered. Prints how many were kept,
the seconds it took, and the seconds that one in a hundred exceeded.
"""

import asyncio
import json
import sys
import time

#: What a usual alert weighs.
BODY_BYTES = 2048


def body_of(number: int, kinds: int) -> bytes:
    """An Alertmanager's message of about 2 kB; one of so many alerts that repeat."""
    labels = {"alertname": f"Alert {number % kinds}", "severity": "critical", "instance": "pay-eu-3:9100"}
    alert = {
        "status": "firing",
        "labels": labels,
        "annotations": {"summary": "Orders stop at payment", "description": ""},
        "startsAt": "2026-11-23T09:00:00Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "http://prometheus.example:9090/graph?g0.expr=up",
        "fingerprint": f"f{number % kinds}",
    }
    message = {"version": "4", "status": "firing", "receiver": "desk", "n": number, "alerts": [alert]}
    spare = BODY_BYTES - len(json.dumps(message))
    alert["annotations"] = {"summary": "Orders stop at payment", "description": "x" * spare}
    return json.dumps(message).encode()


class Sender(asyncio.Protocol):
    """One connection."""

    def __init__(self, load: "Load") -> None:
        self._load = load
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, _, rest = self._heard.partition(b"\r\n\r\n")
        length = head.lower().find(b"content-length: ")
        if length < 0 or len(rest) < int(head[length + 16 :].split(b"\r\n", 1)[0]):
            return
        self._load.note(head[9:12] == b"200", time.perf_counter() - self._sent_s)
        self._heard = b""
        self._send()

    def _send(self) -> None:
        self._sent_s = time.perf_counter()
        if self._sent_s < self._load.until_s:
            self._transport.write(self._load.next_request())
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._load.leave()


class Load:
    """All connections and what they were answered."""

    def __init__(self, port: int, token: str, connections: int, seconds: float) -> None:
        self._port, self._token = port, token
        self._open = connections
        self._seconds = seconds
        self._number = 0
        self.kept = 0
        self.latencies: list[float] = []
        template = self._request(b"%s")
        self._head, self._tail = template.split(b'"n": 0', 1)

    def _request(self, _: bytes) -> bytes:
        body = body_of(0, 1)
        head = (
            f"POST /v1/alertmanager HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nUser-Agent: load\r\n"
            f"Authorization: Bearer {self._token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body) + 8}\r\n\r\n"
        )
        return head.encode() + body

    def next_request(self) -> bytes:
        self._number += 1
        return b'%s"n": %9d%s' % (self._head, self._number, self._tail)

    def note(self, is_kept: bool, seconds: float) -> None:
        self.kept += is_kept
        self.latencies.append(seconds)

    def leave(self) -> None:
        self._open -= 1
        if not self._open:
            self._done.set_result(None)

    async def run(self) -> float:
        loop = asyncio.get_running_loop()
        self._done = loop.create_future()
        began = time.perf_counter()
        self.until_s = began + self._seconds
        for _ in range(self._open):
            await loop.create_connection(lambda: Sender(self), "127.0.0.1", self._port)
        await self._done
        return time.perf_counter() - began


def main() -> None:
    """The command line above."""
    port, token, connections, seconds = sys.argv[1:]
    load = Load(int(port), token, int(connections), float(seconds))
    took_s = asyncio.run(load.run())
    latest = sorted(load.latencies)[int(0.99 * (len(load.latencies) - 1))]
    refused = len(load.latencies) - load.kept
    print(json.dumps({"kept": load.kept, "refused": refused, "s": took_s, "p99_s": latest}))


if __name__ == "__main__":
    main()
