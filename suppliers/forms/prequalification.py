"""The self-declaration, questions, answers and decisions. Checks text only."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.words_field import WordsField
from suppliers.models import SelfDeclaration

HOLDS = [("yes", _("Yes, that is right")), ("no", _("No"))]


class StatementField(forms.TypedChoiceField):
    """A statement that holds, does not hold, or has not been answered yet."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        errors = {"required": _("Answer yes or no.")}
        super().__init__(
            choices=HOLDS, coerce=lambda answer: answer == "yes", empty_value=None, required=False, error_messages=errors, **kwargs
        )

    def prepare_value(self, value: object) -> object:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class DeclarationForm(forms.Form):
    """Saved as it is written: the form takes what is half done, and the command that sends it knows what is missing."""

    use_required_attribute = False
    may_stay_empty = ("surplus_text", "explanation")
    short_labels = MappingProxyType(
        {
            "no_convictions": _("Convictions"),
            "taxes_paid": _("Taxes and value added tax"),
            "not_insolvent": _("Bankruptcy"),
            "no_serious_faults": _("Serious breaches"),
            "explanation": _("What happened, and what you have done since"),
        }
    )

    social_purpose = WordsField(
        label=_("What is your social purpose?"),
        help_text=_("Which problem do you solve, and for whom?"),
        max_words=200,
        required=False,
    )
    new_way = WordsField(
        label=_("What do you do in a new way?"),
        help_text=_("How does it differ from what is there already?"),
        max_words=200,
        required=False,
    )
    surplus = forms.ChoiceField(
        label=_("What happens to the surplus?"),
        help_text=_("One of these is enough."),
        choices=SelfDeclaration._meta.get_field("surplus").choices or [],
        widget=forms.RadioSelect,
        required=False,
    )
    surplus_text = WordsField(
        label=_("Tell us more about the surplus"),
        help_text=_("Which paragraph of the articles, or how the surplus goes back into the purpose."),
        max_words=150,
        rows=4,
        required=False,
    )
    no_convictions = StatementField(
        label=_(
            "Nobody who leads or decides in the organisation has been convicted in the last five years of corruption, fraud,"
            " money laundering, terrorism, human trafficking, child labour or taking part in organised crime."
        )
    )
    taxes_paid = StatementField(label=_("Taxes and value added tax are paid, or we keep to an agreement on paying them."))
    not_insolvent = StatementField(label=_("The organisation is not bankrupt, insolvent or being wound up."))
    no_serious_faults = StatementField(
        label=_(
            "In the last three years we have not seriously breached rules on working life, the environment or competition,"
            " or given a public buyer false information."
        )
    )
    explanation = WordsField(
        label=_("If you answered no: what happened, and what have you done since?"),
        help_text=_("A no does not have to shut you out. We look at what you have put right, and when."),
        max_words=200,
        required=False,
    )

    def full_clean(self) -> None:
        """Nothing has to be filled in to be saved; on the page only what may stay empty is called optional."""
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        self._say_what_is_needed()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say_what_is_needed()

    def show_missing(self, names: Sequence[str]) -> None:
        """Say at each of these fields that it must be filled in before the application can be sent."""
        for name in names:
            self.add_error(name, str(self.fields[name].error_messages["required"]))

    def _say_what_is_needed(self) -> None:
        for name, field in self.fields.items():
            field.required = name not in self.may_stay_empty

    @classmethod
    def of(cls, declaration: SelfDeclaration) -> dict[str, object]:
        """What the form shows for what has been saved."""
        return {name: getattr(declaration, name) for name in cls.base_fields}


class QuestionForm(forms.Form):
    text = WordsField(
        label=_("Your question to the applicant"), max_words=200, rows=4, error_messages={"required": _("Write the question.")}
    )


class AnswerForm(forms.Form):
    answer = WordsField(label=_("Your answer"), max_words=300, error_messages={"required": _("Write the answer.")})


class DecisionForm(forms.Form):
    qualified = forms.TypedChoiceField(
        label=_("Is the organisation qualified?"),
        choices=[("yes", _("Yes, qualified for 24 months")), ("no", _("No, not qualified"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    grounds = WordsField(
        label=_("Grounds"),
        help_text=_("The applicant gets to read this in the letter. Say what you built on, and for a no what is lacking."),
        max_words=400,
        rows=6,
        error_messages={"required": _("Write the grounds.")},
    )
