"""A program that writes to a database until it is killed and says what was confirmed; see test_crash."""

import sys
from pathlib import Path

from db.engine import open_store
from tests.factories import a_commitment_row, a_customer_row, an_escalation_row, an_event_row


def main(path: Path) -> None:
    store = open_store(path)
    while True:
        with store.begin() as session:
            seq: int = session.sql("SELECT seq + 1 FROM chain_head").fetchone()[0]
            customer_id = a_customer_row(session, f"Customer of {seq}")
            escalation_id = an_escalation_row(
                session, number=f"ESC-{seq}", sequence=seq, customer_id=customer_id
            )
            a_commitment_row(session, escalation_id)
            an_event_row(session, seq, escalation_id=escalation_id)
            session.sql("UPDATE chain_head SET seq = ?, hash = ?", (seq, f"{seq:064x}"))
        sys.stdout.write(f"{seq}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
