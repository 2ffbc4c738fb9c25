"""Somebody who prepares, judges or decides declares to whom they have a tie."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from evaluation import queries
from evaluation.models import Conflict, ImpartialityDeclaration
from evaluation.policies.impartiality import DeclarePolicy
from evaluation.queries.panel import as_what
from tenders.models import Stage


@command
def declare_impartiality(*, stage_id: UUID, conflicts: Mapping[UUID, str], by: User, at: datetime) -> ImpartialityDeclaration:
    """Declare once in the stage, after the opening. `conflicts` says for each organisation with a tie what the tie is.

    What those have handed in is not there for the person from now on. The journal tells that somebody has declared, never
    a name, and nothing that leads from a name to a code name.
    """
    stage = Stage.objects.select_for_update(of=("self",)).select_related("tender__unit").get(pk=stage_id)
    DeclarePolicy(stage, at).check(by)
    opened = dict(queries.opened_submissions(stage).prefetch_related(None).values_list("organisation", "pk"))
    if not set(conflicts) <= set(opened):
        raise Refused(_("Choose among the names on the list."))
    if not all(ground.strip() for ground in conflicts.values()):
        raise Refused(_("Say what the tie is."))
    declaration = ImpartialityDeclaration.objects.create(stage=stage, user=by, made_at=at)
    Conflict.objects.bulk_create(
        Conflict(declaration=declaration, submission_id=opened[key], ground=ground.strip(), declared_at=at)
        for key, ground in conflicts.items()
    )
    facts = {"stage": stage.no, "ties": len(conflicts)}
    role = as_what(by, stage.tender, at=at)
    journal.record(
        "evaluation.impartiality_declared", by=by, at=at, stream=stage.tender, about=[stage, declaration], role=role, facts=facts
    )
    return declaration
