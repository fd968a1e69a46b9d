import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from db.engine import open_store
from db.unit_of_work import Session, Store
from desktop.domain.errors import StoreError, StoreFault
from tests.factories import a_customer_row


def names(store: Store) -> list[str]:
    with store.read() as session:
        return [name for (name,) in session.sql("SELECT name FROM customer ORDER BY id")]


def undone(store: Store, write: Callable[[Session], object]) -> None:
    with store.begin() as session:
        write(session)
        raise LookupError


def test_what_was_committed_is_there(store: Store):
    with store.begin() as session:
        a_customer_row(session, "Nordlicht")
    assert names(store) == ["Nordlicht"]


def test_an_exception_undoes_the_whole_transaction(store: Store):
    with pytest.raises(LookupError):
        undone(store, a_customer_row)
    assert names(store) == []


def test_the_next_transaction_works_after_one_that_failed(store: Store):
    with pytest.raises(LookupError):
        undone(store, a_customer_row)
    with store.begin() as session:
        a_customer_row(session, "Nordlicht")
    assert names(store) == ["Nordlicht"]


def test_core_statements_and_driver_sql_share_one_transaction(store: Store):
    def write_both_ways(session: Session) -> None:
        a_customer_row(session, "Driver")
        session.execute(text("INSERT INTO customer (name, name_key) VALUES (:n, :n)"), {"n": "core"})
        assert session.sql("SELECT count(*) FROM customer").fetchone() == (2,)

    with pytest.raises(LookupError):
        undone(store, write_both_ways)
    assert names(store) == []


def test_core_statements_are_committed_too(store: Store):
    for name in ("one", "two"):
        with store.begin() as session:
            session.execute(text("INSERT INTO customer (name, name_key) VALUES (:n, :n)"), {"n": name})
    assert names(store) == ["one", "two"]


def test_a_sequence_of_rows_is_written_at_once(store: Store):
    with store.begin() as session:
        session.sql("INSERT INTO customer (name, name_key) VALUES (?, ?)", [("A", "a"), ("B", "b")])
    assert names(store) == ["A", "B"]


def test_a_transaction_within_a_transaction_is_refused(store: Store):
    with store.begin(), pytest.raises(RuntimeError, match="pass the session on"), store.begin():
        pass


def test_a_session_is_of_no_use_after_its_transaction(store: Store):
    with store.begin() as session:
        pass
    with pytest.raises(AttributeError):
        session.sql("INSERT INTO customer (name, name_key) VALUES ('late', 'late')")


def test_a_reader_sees_one_moment_however_long_it_reads(store: Store):
    with store.read() as session:
        before = session.sql("SELECT count(*) FROM customer").fetchone()
        with store.begin() as writing:
            a_customer_row(writing)
        assert session.sql("SELECT count(*) FROM customer").fetchone() == before


def test_a_reader_cannot_write(store: Store):
    with pytest.raises(Exception, match="readonly"), store.read() as session:
        a_customer_row(session)


def test_readers_within_readers_get_connections_of_their_own(store: Store):
    with store.read() as outer:
        assert names(store) == []
        assert outer.sql("SELECT count(*) FROM customer").fetchone() == (0,)


def test_a_transaction_has_one_revision_however_often_it_asks(store: Store):
    with store.begin() as session:
        assert session.revision() == session.revision()


def test_each_transaction_that_asks_gets_the_next_revision(store: Store):
    with store.begin() as session:
        first = session.revision()
    with store.begin() as session:
        assert session.revision() == first + 1


def test_an_undone_transaction_takes_its_revision_back(store: Store):
    before = store.revision()
    with pytest.raises(LookupError):
        undone(store, Session.revision)
    assert store.revision() == before


def test_the_store_tells_the_revision_of_its_own_changes(store: Store):
    store.revision()
    with store.begin() as session:
        mine = session.revision()
    assert store.revision() == mine


def test_a_change_by_another_program_is_seen(store: Store, database_path: Path):
    before = store.revision()
    program = (
        "import sys; from db.engine import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "with store.begin() as session: session.revision()\n"
        "store.close()"
    )
    subprocess.run([sys.executable, "-c", program, str(database_path)], check=True, timeout=60)
    assert store.revision() == before + 1


def test_threads_take_turns_writing(store: Store):
    def write(number: int) -> int:
        with store.begin() as session:
            a_customer_row(session, f"Customer of thread {number}")
            return session.revision()

    with ThreadPoolExecutor(8) as pool:
        revisions = list(pool.map(write, range(40)))
    assert sorted(revisions) == list(range(1, 41))
    assert len(names(store)) == 40


def test_two_stores_on_one_file_lose_nothing(database_path: Path):
    def write(store: Store) -> None:
        for _ in range(25):
            with store.begin() as session:
                a_customer_row(session)

    with (
        closing(open_store(database_path)) as one,
        closing(open_store(database_path)) as two,
        ThreadPoolExecutor(2) as pool,
    ):
        list(pool.map(write, (one, two)))
        assert len(names(one)) == 50


def test_a_closed_store_says_so(store: Store):
    store.close()
    store.close()
    with pytest.raises(StoreError, match="has been closed"), store.begin():
        pass
    with pytest.raises(StoreError, match="has been closed"), store.read():
        pass
    with pytest.raises(StoreError, match="has been closed"):
        store.revision()


def test_closing_leaves_nothing_beside_the_file(store: Store, database_path: Path):
    with store.begin() as session:
        a_customer_row(session)
    names(store)
    store.revision()
    store.close()
    assert list(database_path.parent.iterdir()) == [database_path]


def test_a_store_opened_for_reading_writes_nothing(database_path: Path):
    with closing(open_store(database_path, read_only=True)) as store:
        assert names(store) == []
        with pytest.raises(StoreError) as caught, store.begin():
            pass
    assert caught.value.kind is StoreFault.READ_ONLY


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("temp_store", 2)],
)
def test_what_a_person_did_is_written_durably(store: Store, pragma: str, value: object):
    with store.begin() as session:
        assert session.sql(f"PRAGMA {pragma}").fetchone() == (value,)


def test_foreign_keys_hold(store: Store):
    with pytest.raises(Exception, match="FOREIGN KEY"), store.begin() as session:
        a_customer_row(session, account_owner_id=99)


def test_opening_and_reading_does_without_sqlalchemy(database_path: Path):
    program = (
        "import sys; from db.engine import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "with store.read() as session: session.sql('SELECT 1 FROM customer').fetchall()\n"
        "store.close()\n"
        "sys.exit('sqlalchemy' in sys.modules or 'alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(database_path)], check=True, timeout=60)


def test_a_session_knows_its_connection(store: Store):
    def names_of(session: Session) -> list[str]:
        return list(session.connection.execute(text("SELECT name FROM customer")).scalars())

    with store.begin() as session:
        a_customer_row(session, "Nordlicht")
        assert names_of(session) == ["Nordlicht"]
