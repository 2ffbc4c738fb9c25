"""Forms around cancelling. They check text and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.words_field import WordsField


class CancellationForm(forms.Form):
    reason = WordsField(
        label=_("Why is the tender cancelled?"),
        help_text=_("It stands on the public page and in every letter, so name no supplier."),
        max_words=200,
        rows=5,
    )
    again = forms.BooleanField(label=_("We plan to announce the need again"), required=False)


class ReturnCancellationForm(forms.Form):
    reason = WordsField(
        label=_("Why is it not cancelled?"), help_text=_("The officer sees it, and it stands in the journal."), max_words=200, rows=3
    )
