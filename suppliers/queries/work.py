"""What waits for a person at the supplier's desk: to register, to go on with an application, to review one."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts.local_time import oslo, oslo_day
from accounts.models import Organisation, User
from accounts.work import Waiting
from suppliers.models import Prequalification
from suppliers.phases import PrequalificationPhase as Phase
from suppliers.queries.prequalification import applications_for, own_prequalifications, standing_decisions
from suppliers.review_periods import RENEWAL_DAYS, due_day

LAST_MINUTE = time(23, 59)


def registering_waits(user: User) -> list[Waiting]:
    """The first step of somebody who acts for nobody yet and has never had a task at Nav."""
    if people.own_organisations(user).exists() or people.has_had_a_role(user):
        return []
    return [
        Waiting(
            title=_("Register your organisation"),
            case=_("Your organisation"),
            case_url=reverse("suppliers:register"),
            why=_("You need it to take part in tenders. It takes about three minutes."),
            button=_("Register"),
            url=reverse("suppliers:register"),
        )
    ]


def applying_waits(user: User, *, at: datetime) -> list[Waiting]:
    """Applications that wait for the applicant, and a yes that soon runs out."""
    own = list(own_prequalifications(user).filter(phase__in=(Phase.DRAFT, Phase.QUESTION)).order_by("started_at"))
    waiting = [_draft(row) if row.phase == Phase.DRAFT else _question(row) for row in own]
    return waiting + _renewals(user, busy=[row.organisation_id for row in own], at=at)


def reviewing_waits(user: User, *, at: datetime) -> list[Waiting]:
    """Applications to decide, the oldest first; not those of organisations the person belongs to."""
    strange = applications_for(user, at=at).exclude(organisation__in=people.own_organisations(user).values("pk"))
    to_decide = strange.filter(phase=Phase.SUBMITTED).order_by("submitted_at")
    return [_to_decide(row, row.submitted_at) for row in to_decide if row.submitted_at]


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """All of the above. What is being written for a tender is told by `submissions.waiting_for`."""
    return registering_waits(user) + applying_waits(user, at=at) + reviewing_waits(user, at=at)


def _address(organisation: Organisation) -> str:
    return reverse("suppliers:prequalification", args=[organisation.number])


def _draft(row: Prequalification) -> Waiting:
    return Waiting(
        title=_("Finish the self-declaration"),
        case=row.organisation.name,
        case_url=_address(row.organisation),
        why=_("You have started to apply for prequalification. What you have written is saved."),
        button=_("Go on"),
        url=reverse("suppliers:declaration", args=[row.organisation.number]),
    )


def _question(row: Prequalification) -> Waiting:
    return Waiting(
        title=_("Answer Nav's question"),
        case=row.organisation.name,
        case_url=_address(row.organisation),
        why=_("Nav cannot decide on the prequalification before you have answered."),
        button=_("Answer"),
        url=_address(row.organisation),
    )


def _renewals(user: User, *, busy: list[UUID], at: datetime) -> list[Waiting]:
    """A yes in its last 60 days, unless a longer one has been given or an application is under way."""
    own = people.own_organisations(user).exclude(pk__in=busy).exclude(prequalifications__phase=Phase.SUBMITTED)
    held = standing_decisions(at=at).filter(prequalification__organisation__in=own.order_by().values("pk"))
    joined = held.select_related("prequalification__organisation").order_by("valid_until")
    last_days = {row.prequalification.organisation: row.valid_until for row in joined if row.valid_until}
    ends = oslo_day(at) + timedelta(days=RENEWAL_DAYS)
    return [
        Waiting(
            title=_("Renew the prequalification"),
            case=organisation.name,
            case_url=_address(organisation),
            why=_("It runs out soon. Most of what you wrote last time can be used again."),
            button=_("Renew"),
            url=_address(organisation),
            due_at=oslo(last_day, LAST_MINUTE),
        )
        for organisation, last_day in last_days.items()
        if last_day <= ends
    ]


def _to_decide(row: Prequalification, submitted_at: datetime) -> Waiting:
    return Waiting(
        title=_("Decide on a prequalification"),
        case=row.organisation.name,
        case_url=reverse("suppliers:review", args=[row.pk]),
        why=_("We promise an answer within ten working days."),
        button=_("Review"),
        url=reverse("suppliers:review", args=[row.pk]),
        due_at=oslo(due_day(submitted_at), LAST_MINUTE),
    )
