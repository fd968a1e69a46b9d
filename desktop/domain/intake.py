"""What is known of a problem when it comes to the desk: from the form, an import or a signal."""

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.errors import DeskError, NotFound
from desktop.domain.instant import require_utc
from desktop.domain.policy import Policy
from desktop.domain.wording import clean, one_line


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A file or message that comes with it, byte for byte."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Intake:
    """A problem to open an escalation for.

    Without a severity the issue type's own counts, without a type the lowest. Unknown factors are None and
    scored as the policy assumes. `opened_at` is when the customer's trouble began, if that was before the
    desk heard of it. Not `classified` leaves priority and most commitments to a person's classification.
    """

    customer_id: int
    title: str
    description: str = ""
    area: str = ""
    issue_type: str = ""
    severity: int | None = None
    business_impact: int | None = None
    reputational_risk: int | None = None
    reporter: str = ""
    source: str = ""
    external_source: str | None = None
    external_ref: str | None = None
    team: str = ""
    owner_id: int | None = None
    opened_at: datetime | None = None
    evidence: tuple[NewEvidence, ...] = ()
    classified: bool = True
    sample: bool = False


LOWEST_SEVERITY = 4


def checked(intake: Intake, policy: Policy) -> Intake:
    """The intake as it is kept: clean texts, severity and area filled in from the issue type.

    Raises: DeskError naming the field that is missing or that the policy does not know.
    """
    title = one_line(intake.title)
    if not title:
        raise DeskError(
            "The escalation has no title.", field="title", hint="Say in a few words what is wrong."
        )
    for field in ("business_impact", "reputational_risk"):
        check_factor(field, getattr(intake, field))
    return replace(
        intake,
        title=title,
        description=clean(intake.description),
        area=area_of(intake.area, intake.issue_type, policy),
        severity=severity_of(intake.severity, intake.issue_type, policy),
        reporter=one_line(intake.reporter),
        source=one_line(intake.source),
        external_source=_reference(intake.external_source),
        external_ref=_reference(intake.external_ref),
        team=one_line(intake.team),
        opened_at=None if intake.opened_at is None else require_utc(intake.opened_at),
    )


def check_factor(field: str, value: int | None) -> None:
    """Let pass what a person may say of a factor.

    Raises: DeskError for anything but 0 to 5 or unknown.
    """
    if value is not None and (isinstance(value, bool) or value not in range(6)):
        raise DeskError(
            f"{value!r} is not on the scale.", field=field, hint="Choose 0 to 5, or leave it open."
        )


def area_of(area: str, issue_type: str, policy: Policy) -> str:
    """The product area: that of the issue type where there is one.

    Raises: DeskError when the policy knows neither, or the two do not belong together.
    """
    if not issue_type:
        return policy.area(area).key if area else ""
    own = policy.area_of(issue_type).key
    if area and area != own:
        raise DeskError(
            f"The issue type “{policy.issue_type(issue_type).name}” belongs to another product area.",
            field="issue_type",
            hint="Choose one of this area.",
        )
    return own


def severity_of(severity: int | None, issue_type: str, policy: Policy) -> int:
    """The severity that counts: the one stated, else the issue type's own, else the lowest.

    Raises: NotFound for one that the policy does not have.
    """
    if severity is not None:
        return int(policy.severity(severity).severity)
    return computed_severity(issue_type, policy) or LOWEST_SEVERITY


def computed_severity(issue_type: str, policy: Policy) -> int | None:
    """The severity the issue type has by itself; None without a type the policy knows."""
    try:
        return int(policy.issue_type(issue_type).severity) if issue_type else None
    except NotFound:
        return None


def _reference(text: str | None) -> str | None:
    return one_line(text) or None if text is not None else None
