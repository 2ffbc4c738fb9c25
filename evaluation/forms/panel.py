"""Forms of appointing a panel and sending it back. They check text and never save."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import field_of
from accounts.models import User
from accounts.roles import Role
from accounts.words_field import WordsField
from evaluation.policies.panel import FEWEST_EVALUATORS
from evaluation.queries.panel_proposal import Members, possible_members
from tenders.models import Tender

_ROLES = {"chair": Role.CHAIR, "evaluators": Role.EVALUATOR, "observers": Role.OBSERVER}


class PanelForm(forms.Form):
    chair = forms.ModelChoiceField(
        label=_("Who leads the panel?"),
        help_text=_("The chair gives points too, closes the scoring and proposes who is selected."),
        queryset=User.objects.none(),
        empty_label=_("Choose a chair"),
        error_messages={
            "required": _("Choose who leads the panel."),
            "invalid_choice": _("Choose somebody who can lead a panel in this unit."),
        },
    )
    evaluators = forms.ModelMultipleChoiceField(
        label=_("Who gives points?"),
        help_text=_("At least two besides the chair. Each of them reads alone and sees nobody else's points until the scoring is closed."),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least two evaluators."), "invalid_choice": _("Choose among the names on the list.")},
    )
    observers = forms.ModelMultipleChoiceField(
        label=_("Who follows without giving points?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose among the names on the list.")},
    )

    def __init__(self, data: Any, *, tender: Tender, members: Members | None, at: datetime) -> None:
        """Filled with `members`: the panel that was sent back, or the one that sits."""
        super().__init__(data, initial=_initial(members))
        self.able = {name: possible_members(tender, role, at=at) for name, role in _ROLES.items()}
        for name, able in self.able.items():
            field_of(self, name, forms.ModelChoiceField).queryset = able

    def clean_evaluators(self) -> Any:
        chosen = self.cleaned_data["evaluators"]
        if len(chosen) < FEWEST_EVALUATORS:
            raise forms.ValidationError(_("Choose at least two evaluators."))
        return chosen

    @property
    def lacks(self) -> list[str]:
        """Roles that too few hold in the unit for a panel to be appointed."""
        wanted = {"chair": 1, "evaluators": FEWEST_EVALUATORS}
        return [str(_ROLES[name].label) for name, count in wanted.items() if len(self.able[name]) < count]


def _initial(members: Members | None) -> dict[str, Any]:
    if members is None:
        return {}
    return {
        "chair": members.chair.pk,
        "evaluators": [user.pk for user in members.evaluators],
        "observers": [user.pk for user in members.observers],
    }


class ReturnPanelForm(forms.Form):
    reason = WordsField(
        label=_("What must be changed?"),
        help_text=_("The officer sees it, and it stands in the journal."),
        max_words=200,
        rows=3,
        error_messages={"required": _("Write why, so that it can be mended.")},
    )
