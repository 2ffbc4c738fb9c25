"""Short notices when a place is given up."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import Organisation, User
from accounts.roles import Role
from evaluation.addresses import stage_address
from evaluation.models import SelectionItem
from letters.drafts import NewLetter
from tenders.models import Stage
from tenders.phases import StagePhase
from tenders.queries import assigned_people


def vacated_notices(stage: Stage, item: SelectionItem, *, at: datetime) -> list[NewLetter]:
    """To the supplier, that it is so; to officer, approver and chair, that a place is free."""
    roles = (Role.OFFICER, Role.APPROVER, Role.CHAIR)
    staff = {person.pk: person for role in roles for person in assigned_people(stage.tender, role)}
    return [_to_supplier(stage, item.submission.organisation, at=at), *(_to_staff(stage, item, person) for person in staff.values())]


def _to_supplier(stage: Stage, organisation: Organisation, *, at: datetime) -> NewLetter:
    with translation.override(organisation.language):
        title = _("You have given up the place in «%(name)s»") % {"name": stage.tender.name}
        body = _("%(organisation)s gave up its place %(when)s. You need not do anything more.") % {
            "organisation": organisation.name,
            "when": wording.moment(at),
        }
    path = reverse("insight:tender", args=[stage.tender.reference])
    return NewLetter(title=title, body=body, language=organisation.language, organisation=organisation, path=path)


def _to_staff(stage: Stage, item: SelectionItem, person: User) -> NewLetter:
    with translation.override(person.language):
        title = _("A place is free in «%(name)s»") % {"name": stage.tender.name}
        body = _("%(organisation)s has given up its place.") % {"organisation": item.submission.organisation.name}
        if stage.phase == StagePhase.APPROVED:
            body += " " + _("The chair can propose the next in line, or leave the place empty with a reason.")
    path = stage_address("selection", stage)
    return NewLetter(title=title, body=body, language=person.language, user=person, path=path)
