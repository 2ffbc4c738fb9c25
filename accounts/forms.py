"""Forms of the front door. They check text and never save."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, field_of
from accounts.models import Unit, User
from accounts.roles import GRANTABLE, Role
from accounts.words_field import LineField


class NameForm(forms.Form):
    """Added to allauth's sign-up form."""

    name = LineField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth asks for this; the adapter has kept the name already."""


class GrantForm(forms.Form):
    """Who gets which role, where, and until when. The units are those the administrator manages."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The one the person signed up with."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write the whole e-mail address, for example name@nav.no."),
        },
    )
    role = forms.TypedChoiceField(
        label=_("Role"),
        choices=[("", _("Choose")), *((role.value, role.label) for role in GRANTABLE)],
        coerce=Role,
        error_messages={"required": _("Choose a role.")},
    )
    unit = forms.ChoiceField(
        label=_("Unit"), help_text=_("The role holds in the units below it too."), error_messages={"required": _("Choose a unit.")}
    )
    until = DayField(label=_("Last day"), help_text=_("Leave it empty when the role has no end."), required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *((str(unit.pk), unit.name) for unit in units)]
        field_of(self, "unit", forms.ChoiceField).choices = choices
