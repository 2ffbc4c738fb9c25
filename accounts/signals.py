"""Turns allauth's signals into lines in the journal."""

from typing import Any

from allauth.account.signals import email_confirmed, password_changed, password_reset
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver

from accounts import clock, journal
from accounts.models import User


def _note(event: str, user: User) -> None:
    with transaction.atomic():
        journal.record(event, by=user, at=clock.now(), stream=user, about=[user])


@receiver(user_logged_in)
def note_log_in(user: User, **_: Any) -> None:
    _note("accounts.logged_in", user)


@receiver(email_confirmed)
def note_address_confirmed(email_address: Any, **_: Any) -> None:
    _note("accounts.address_confirmed", email_address.user)


@receiver([password_changed, password_reset])
def note_password_changed(user: User, **_: Any) -> None:
    _note("accounts.password_changed", user)
