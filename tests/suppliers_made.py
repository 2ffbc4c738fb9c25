"""Organisations of the tests, made by the real commands."""

from datetime import datetime, timedelta
from itertools import count

from accounts.models import Organisation, User
from accounts.organisation_number import is_well_formed
from suppliers.commands.register_supplier import register_supplier
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
