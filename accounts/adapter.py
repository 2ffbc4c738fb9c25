"""Where allauth meets our people: signing up goes through our command."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts import clock
from accounts.commands.register_user import register_user
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        data = form.cleaned_data
        user.set_password(data["password1"])
        language = (get_language() or "nb")[:2]
        return register_user(user=user, email=data["email"], name=data["name"], language=language, by=User.clock(), at=clock.now())
