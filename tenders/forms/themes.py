"""Following a theme. Checks text and never saves."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import County, Organisation
from tenders.forms.dialogue import MYSELF, FollowForm
from tenders.forms.finding import ANY
from tenders.models import TargetGroup


class ThemeForm(FollowForm):
    """A target group, a county, and who of oneself and one's organisations is to be told. All left open means every new tender."""

    # Nobody needs to be told that «all» may stay
    all_open = True
    field_order = ("group", "county", "told")

    group = forms.ChoiceField(label=_("Target group"), choices=[ANY, *TargetGroup.choices], required=False)
    county = forms.ModelChoiceField(
        label=_("County"), queryset=County.objects.order_by("name"), empty_label=_("The whole country"), required=False
    )

    def __init__(self, data: object, *, organisations: Iterable[Organisation], email: str, found: Mapping[str, str]) -> None:
        """`found`: what was looked for in the list, to go on from."""
        super().__init__(data, organisations=organisations, email=email, told=[MYSELF])
        self.initial.update({name: found.get(name, "") for name in ("group", "county")})
        self.fields["told"].required = True
        self.fields["told"].error_messages["required"] = _("Choose who shall be told.")
