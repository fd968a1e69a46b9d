"""The mark by which a sample desk's database is known, apart from the sample that few desks are made from."""

import json

from db.queries import setting
from db.unit_of_work import Session, Store

_KEY = "sample_desk"


def is_sample(store: Store) -> bool:
    """Whether this is the database of a sample desk."""
    with store.read() as session:
        return _KEY in setting.all_settings(session)


def mark(session: Session) -> None:
    """From now on it is one."""
    setting.put(session, _KEY, json.dumps(True))
