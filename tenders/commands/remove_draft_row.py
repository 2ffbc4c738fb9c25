"""An officer takes a question or a criterion out of a draft."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from tenders.models import Criterion, StageField, Tender
from tenders.policies.announcement import EditAnnouncementPolicy


@command(journal=False)
def remove_draft_row(*, tender_id: UUID, section: str, row: str, by: User, at: datetime) -> None:
    """Take away row «1_2», question or criterion 2 of stage 1, unless it is the last one. The others are numbered from 1 as they stand."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    EditAnnouncementPolicy(tender, at).check(by)
    if section == "asked":
        _remove(StageField, tender, row, _("Something must be asked. Change the question instead, or add another one first."))
    elif tender.framework_id:
        raise Refused(_("The criteria of a call-off were stated with its framework agreement."))
    else:
        last = _("The panel must have something to judge by. Change the criterion instead, or add another one first.")
        _remove(Criterion, tender, row, last, kind=Criterion.Kind.LEVELS)


def _remove(model: type[StageField] | type[Criterion], tender: Tender, row: str, last: Any, **kind: str) -> None:
    stage_no, no = row.split("_")
    rows: QuerySet[Any] = model._default_manager.filter(stage__tender=tender, stage__no=stage_no)
    if rows.filter(**kind).count() == 1:
        raise Refused(last)
    rows.filter(no=no, **kind).delete()
    for number, one in enumerate(rows.order_by("no"), start=1):
        rows.filter(pk=one.pk).update(no=number)
