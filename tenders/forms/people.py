"""Naming a substitute. Checks text and never saves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import field_of
from accounts.models import User
from accounts.roles import Role
from accounts.words_field import WordsField
from tenders.models import Tender
from tenders.policies.people import SUBSTITUTES
from tenders.queries.people import possible_substitutes

_CHOOSE = {"required": _("Choose who steps in, and as what."), "invalid_choice": _("Choose among the names on the list.")}


class SubstituteForm(forms.Form):
    """A person and a task in one choice: «Oda Vik, procurement officer»."""

    who = forms.ChoiceField(label=_("Who steps in?"), error_messages=_CHOOSE)
    reason = WordsField(
        label=_("Why is one more needed?"),
        help_text=_(
            "For example a holiday, a new job, or a tie to a supplier. It stands in the journal, so leave out illness and private matters."
        ),
        max_words=100,
        rows=3,
        error_messages={"required": _("Write why one more is needed.")},
    )

    def __init__(self, data: Any, *, tender: Tender, by: User, at: datetime) -> None:
        super().__init__(data)
        groups = []
        self.people: dict[str, tuple[User, Role]] = {}
        for role in SUBSTITUTES:
            found = {_key(role, user.pk): (user, role) for user in possible_substitutes(tender, role, by, at=at)}
            self.people |= found
            groups += [(role.label, [(key, user.name) for key, (user, _role) in found.items()])] if found else []
        field_of(self, "who", forms.ChoiceField).choices = [("", _("Choose a person and a task")), *groups]

    @property
    def named(self) -> dict[str, Any]:
        """Person, role and reason, as the command takes them."""
        user, role = self.people[self.cleaned_data["who"]]
        return {"user": user, "role": role, "reason": self.cleaned_data["reason"]}


def _key(role: Role, user: UUID) -> str:
    return f"{role.value}:{user}"
