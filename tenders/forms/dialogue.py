"""Forms of questions, answers and following. They check text and never save."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import field_of
from accounts.models import Organisation
from accounts.words_field import TextField

MYSELF = "me"


class QuestionForm(forms.Form):
    """`talks`: before the announcement the market is asked to comment as well."""

    text = TextField(
        label=_("Your question"),
        help_text=_("Everybody sees the question and the answer. Leave out who you are and what you will hand in."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any, *, talks: bool) -> None:
        super().__init__(data)
        if talks:
            self.fields["text"].label = _("Your question or comment")
            self.fields["text"].help_text = _(
                "Everybody sees what you write and the answer. Leave out who you are, and ideas that you want to keep."
            )


class AnswerForm(forms.Form):
    answer = TextField(
        label=_("The answer"),
        help_text=_("Everybody sees it at once, and it cannot be changed afterwards."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class FollowForm(forms.Form):
    """Who of oneself and one's organisations is to be told."""

    told = forms.MultipleChoiceField(label=_("Who shall be told?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: object, *, organisations: Iterable[Organisation], email: str, told: list[str]) -> None:
        super().__init__(data, initial={"told": told})  # type: ignore[arg-type]  # a QueryDict or None
        mine = (MYSELF, _("Me, at %(email)s") % {"email": email})
        self.choices = [mine, *((row.number, row.name) for row in organisations)]
        field_of(self, "told", forms.ChoiceField).choices = self.choices
