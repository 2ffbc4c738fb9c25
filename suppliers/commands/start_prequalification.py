"""An organisation starts to apply for prequalification."""

from datetime import datetime
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import Organisation, User
from accounts.roles import Role
from suppliers.models import Prequalification, SelfDeclaration
from suppliers.policies.prequalification import StartPrequalificationPolicy
from suppliers.queries.prequalification import newest_of

USED_AGAIN = ("social_purpose", "new_way", "surplus", "surplus_text")


@command
def start_prequalification(*, organisation_id: UUID, by: User, at: datetime) -> Prequalification:
    """Start an application. What was said of the purpose last time is used again; the statements are made anew.

    Nobody is asked twice for what they have said before (anskaffelsesforskriften § 17-1 (4)).
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    StartPrequalificationPolicy(organisation, at).check(by)
    last = newest_of(organisation)
    said = {name: getattr(last.declaration, name) for name in USED_AGAIN} if last else {}
    prequalification = Prequalification.objects.create(organisation=organisation, started_at=at, started_by=by)
    SelfDeclaration.objects.create(prequalification=prequalification, **said)
    about = [prequalification]
    journal.record("suppliers.prequalification_started", by=by, at=at, stream=organisation, about=about, role=Role.SUPPLIER)
    return prequalification
