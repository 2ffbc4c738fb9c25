"""What a framework agreement and its call-offs ask for besides, or instead of, what every tender asks for in its sections."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.words_field import WordsField


def ask_about_framework(form: forms.Form) -> None:
    """In the section of money: the highest value and how long it lasts; nobody is paid for being in it."""
    _leave_out(form, ("pays_each_",))
    form.fields["amount"].label = _("Highest value")
    form.fields["amount"].help_text = _("All call-offs together can never be more than this, for as long as it lasts.")
    form.fields["months"] = forms.IntegerField(label=_("How many months it lasts"), min_value=1, max_value=120)
    form.fields["months_ground"] = WordsField(
        label=_("Why it must last longer than 48 months"),
        help_text=_("Only when it does. It is announced."),
        max_words=80,
        rows=2,
        required=False,
    )


def ask_about_call_off(form: forms.Form) -> None:
    """In the section of money: one is chosen and paid all of it; the VAT basis is that of the framework agreement."""
    _leave_out(form, ("vat_basis", "selects_", "pays_each_"))
    form.fields["amount"].label = _("What the call-off pays")
    form.fields["amount"].help_text = _("It is set aside from the highest value of the framework agreement when the call-off is announced.")


def ask_about_standstill(form: forms.Form) -> None:
    """In the section of dates: a call-off needs no standstill, and may have one."""
    form.fields["standstill_days_1"] = forms.IntegerField(
        label=_("Days of standstill before the contract is signed"),
        help_text=_("A call-off from a framework agreement needs none (anskaffelsesforskriften § 10-2)."),
        min_value=0,
        max_value=30,
    )


def keep_weights_only(form: forms.Form) -> None:
    """In the section of criteria: those of a call-off were stated with its framework agreement."""
    _leave_out(form, ("name_", "question_", "level_"))


def _leave_out(form: forms.Form, starts: Iterable[str]) -> None:
    for name in [name for name in form.fields if name.startswith(tuple(starts))]:
        del form.fields[name]
