"""Organisations of the tests, made by the real commands."""

from datetime import datetime, timedelta
from itertools import count

from accounts.models import Membership, Organisation, User
from accounts.organisation_number import is_well_formed
from suppliers.commands.apply_for_prequalification import apply_for_prequalification
from suppliers.commands.ask_applicant import ask_applicant
from suppliers.commands.decide_prequalification import decide_prequalification
from suppliers.commands.register_supplier import register_supplier
from suppliers.commands.save_declaration import save_declaration
from suppliers.commands.start_prequalification import start_prequalification
from suppliers.models import Prequalification, PrequalificationDecision, ReviewQuestion
from tests.conftest import NOON

SYNTHETIC = (str(number) for number in count(300000000) if is_well_formed(str(number), allow_synthetic=True))


def free_number() -> str:
    """The next synthetic number that no organisation of these tests has."""
    taken = set(Organisation.objects.values_list("number", flat=True))
    return next(number for number in SYNTHETIC if number not in taken)


def registered(
    user: User, name: str = "Morgenkveik AS", number: str = "", at: datetime = NOON - timedelta(days=30), **changes: object
) -> Organisation:
    """An organisation that `user` has registered and represents."""
    typed = {
        "form": "AS",
        "address": "Storgata 1, 0155 Oslo",
        "language": "nb",
        "kind": "social_enterprise",
        "size": "5-19",
        "county_code": "NO081",
        "first_time": True,
    }
    supplier = register_supplier(number=number or free_number(), name=name, by=user, at=at, **(typed | changes))
    return supplier.organisation


DECLARED = {
    "social_purpose": "Vi gir unge uten jobb en grunn til å stå opp om morgenen.",
    "new_way": "Unge med egne erfaringer møter opp sammen med dem.",
    "surplus": "reinvested",
    "surplus_text": "Alt går tilbake til flere plasser, slik styret vedtar hvert år.",
    "no_convictions": True,
    "taxes_paid": True,
    "not_insolvent": True,
    "no_serious_faults": True,
    "explanation": "",
}


def joined(user: User, organisation: Organisation, at: datetime = NOON) -> Membership:
    """A contributor. Invitations come with a later issue, so the row is made here."""
    part = Membership.Part.CONTRIBUTOR
    return Membership.objects.create(organisation=organisation, user=user, part=part, joined_at=at)


def started(organisation: Organisation, sara: User, at: datetime = NOON) -> Prequalification:
    """An application that nothing has been written in yet."""
    return start_prequalification(organisation_id=organisation.pk, by=sara, at=at)


def declared(organisation: Organisation, sara: User, at: datetime = NOON, **changes: object) -> Prequalification:
    """An application with a whole self-declaration that has not been sent."""
    row = started(organisation, sara, at=at)
    row.declaration = save_declaration(prequalification_id=row.pk, values=DECLARED | changes, by=sara, at=at)
    return row


def applied(organisation: Organisation, sara: User, at: datetime = NOON - timedelta(days=1), **changes: object) -> Prequalification:
    """An application that waits for a reviewer."""
    row = declared(organisation, sara, at=at, **changes)
    return apply_for_prequalification(prequalification_id=row.pk, by=sara, at=at)


def asked(row: Prequalification, per: User, text: str = "Hva lever dere av?", at: datetime = NOON) -> ReviewQuestion:
    """A question from the reviewer that waits for its answer."""
    return ask_applicant(prequalification_id=row.pk, text=text, by=per, at=at)


def decided(
    row: Prequalification, per: User, qualified: bool = True, grounds: str = "Formålet er tydelig.", at: datetime = NOON
) -> PrequalificationDecision:
    """An answer from the reviewer."""
    return decide_prequalification(prequalification_id=row.pk, qualified=qualified, grounds=grounds, by=per, at=at)
