"""Forms of payments. They check text and never save."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.words_field import LineField, WordsField
from contracts import account_number
from contracts.models import PaymentRequest


class AccountNumberField(forms.CharField):
    """A Norwegian bank account number as eleven digits. Says whether it is well-formed, not whose it is."""

    default_error_messages = {
        "required": _("Write the account number, eleven digits."),
        "wrong": _("Check the account number. It has eleven digits, and at least one of them is wrong."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        return account_number.without_signs(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not account_number.is_well_formed(value):
            raise ValidationError(self.error_messages["wrong"], code="wrong")


class RequestPaymentForm(forms.Form):
    """What was delivered, and what accounting needs. The amount is the milestone's."""

    report = WordsField(
        label=_("What have you delivered?"),
        help_text=_("The contract manager reads it before the delivery is accepted."),
        max_words=300,
    )
    invoice_number = LineField(
        label=_("The number of your invoice"), max_length=30, error_messages={"required": _("Write the number of your invoice.")}
    )
    account_number = AccountNumberField(
        label=_("Account number"), help_text=_("Eleven digits. We see whether it is written correctly, not whose it is.")
    )

    def __init__(self, data: Any, *, earlier: PaymentRequest | None, same: bool) -> None:
        """`earlier` is what was asked for last: the account stays, and after a refusal of the `same` milestone all that was written."""
        kept = ("report", "invoice_number", "account_number") if same else ("account_number",)
        super().__init__(data, initial={name: getattr(earlier, name) for name in kept} if earlier else {})


class RefusePaymentForm(forms.Form):
    reason = WordsField(
        label=_("What is missing?"), help_text=_("The supplier gets the reason, and can mend it and ask again."), max_words=200
    )
