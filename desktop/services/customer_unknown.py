"""The customer that stands for those a signal does not name."""

from db.queries import customer as customers
from db.queries.customer import NewCustomer
from db.unit_of_work import Session
from desktop.domain.customer import Customer, name_key

UNKNOWN = "Unknown customer"


def unknown_customer(session: Session, by: str) -> Customer:
    """The customer for signals that name none; made when it is first needed."""
    found = customers.by_key(session, name_key(UNKNOWN))
    if found is not None:
        return found
    customer_id = customers.insert(session, NewCustomer(UNKNOWN, name_key(UNKNOWN), None, None, "", "", None))
    made = customers.by_id(session, customer_id)
    assert made is not None, f"{by} has just made it"
    return made
