from db.unit_of_work import Store


def test_the_store_fixture_opens_an_empty_desk(store: Store) -> None:
    with store.read() as session:
        assert session.sql("SELECT count(*) FROM escalation").fetchone() == (0,)
