"""Forms around the end of a stage. They check text and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, LocalMomentField
from accounts.words_field import WordsField
from tenders.stage_dates import StageDates


class SettlementForm(forms.Form):
    """The dates of the next stage; nothing to fill in after the last one."""

    def __init__(self, data: Any, *, suggested: StageDates | None) -> None:
        super().__init__(data, initial=suggested.as_content() if suggested else {})
        if suggested is None:
            return
        self.fields["opens_at"] = LocalMomentField(
            label=_("Opens"), help_text=_("Leave it empty to open when the approver says yes."), required=False
        )
        self.fields["closes_at"] = LocalMomentField(label=_("Deadline"), help_text=_("A working day. At that minute it is too late."))
        self.fields["answer_by"] = DayField(label=_("The answer comes at the latest"))


class ClosingForm(forms.Form):
    reason = WordsField(
        label=_("Why is nobody selected?"),
        help_text=_("Everybody who took part reads it, so say what was missing and nothing about each other."),
        max_words=200,
        rows=5,
    )


class ReturnEndForm(forms.Form):
    reason = WordsField(
        label=_("What must be mended?"), help_text=_("The officer sees it, and it stands in the journal."), max_words=200, rows=3
    )
