"""The letter that a tender is cancelled."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import Organisation, User
from accounts.organisation_number import in_threes
from accounts.roles import Role
from contracts.queries.cancellation import followers_and_senders, organisations_under_contract
from letters.drafts import NewLetter, letter_to
from tenders.models import Approval, Tender
from tenders.queries import assigned_people


def cancellation_letters(tender: Tender, approval: Approval, *, sealed: bool, at: datetime) -> list[NewLetter]:
    """One to each who follows or has handed in. `sealed`: something was handed in that will never be opened."""
    organisations, followers = followers_and_senders(tender)
    agreed = organisations_under_contract(tender)
    shared = {
        "tender": tender,
        "reason": approval.content["reason"],
        "again": approval.content["again"],
        "sealed": sealed,
        "officer": assigned_people(tender, Role.OFFICER).first(),
        "sender": [tender.unit.name],
        "reference": tender.case_number or tender.reference,
    }
    to_organisations = [_letter(row, {**shared, "agreed": row in agreed}, at=at) for row in organisations]
    return [*to_organisations, *(_letter(row.user, shared, at=at) for row in followers if row.user)]


def _letter(to: Organisation | User, shared: dict[str, Any], *, at: datetime) -> NewLetter:
    path = reverse("insight:tender", args=[shared["tender"].reference])
    with translation.override(to.language):
        title = _("The tender is cancelled: %(name)s") % {"name": shared["tender"].name}
        given = {"language": to.language, "title": title, "recipient": _address(to), "place_and_date": wording.day(at)}
        body = render_to_string("pdf/cancellation_letter.html", {**shared, **given})
    return letter_to(to, title=title, body=body, path=path)


def _address(to: Organisation | User) -> list[str]:
    return [to.name] if isinstance(to, User) else [to.name, *to.address.splitlines(), in_threes(to.number)]
