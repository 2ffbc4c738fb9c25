"""A person signs up."""

from datetime import datetime

from accounts import journal
from accounts.command import command
from accounts.models import User


@command
def register_user(*, user: User, email: str, name: str, language: str, by: User, at: datetime) -> User:
    """Keep a new person. `by` is the clock: nobody is logged in yet. The address is proven by the code that is mailed."""
    user.email, user.name, user.language = email, name, language
    user.save()
    journal.record("accounts.user_registered", by=by, at=at, stream=user, about=[user])
    return user
