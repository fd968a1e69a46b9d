"""The values of fields that rules and people set, as people read them."""

from db.queries import customer as customers
from db.queries import person as people
from db.unit_of_work import Session
from desktop.domain.rule_action import Names


def value_said(session: Session, names: Names, field: str, value: object) -> str:
    """A value of a field that rules may set: "SEV1", a person's or customer's name, "nothing".

    `names` are those of `rule_names.names_of`.
    """
    if value in (None, ""):
        return "nothing"
    if field == "severity":
        return f"SEV{value}"
    if field == "owner" and isinstance(value, int):
        person = people.by_id(session, value)
        return f"person no. {value}" if person is None else person.name
    if field == "customer" and isinstance(value, int):
        customer = customers.by_id(session, value)
        return f"customer no. {value}" if customer is None else customer.name
    return names.get((f"set_{field}", value), str(value))
