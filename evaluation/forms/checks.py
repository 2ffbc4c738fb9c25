"""Rejecting a submission. Checks text and never saves."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.words_field import WordsField
from evaluation.rejection_grounds import GROUNDS


class RejectForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("What is the ground?"),
        choices=[
            (key, format_lazy("{name} ({duty}, {rule})", name=one.name, duty=one.duty, rule=one.rule)) for key, one in GROUNDS.items()
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the ground."), "invalid_choice": _("Choose the ground.")},
    )
    reason = WordsField(
        label=_("What is the reason?"),
        help_text=_("The supplier reads it in the letter. Say what was asked for, what is lacking, and where it shows."),
        max_words=300,
        rows=6,
        error_messages={"required": _("Write the reason. The supplier gets to read it.")},
    )
    heard = WordsField(
        label=_("When and how was the supplier heard, and what did they say?"),
        help_text=_("Needed for all grounds that are about the supplier and not about what was handed in, but for unmet requirements."),
        max_words=200,
        rows=4,
        required=False,
        sometimes=True,
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        ground = GROUNDS.get(typed.get("ground", ""))
        if ground is not None and ground.needs_hearing and not typed.get("heard") and "heard" not in self.errors:
            self.add_error("heard", _("Hear the supplier first, and write when and how. This ground demands it."))
        return typed
