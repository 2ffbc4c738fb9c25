"""What decides which rules the tender follows: the kind of service, what else can be bought, and whether it is research."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import MoneyField
from accounts.words_field import WordsField
from tenders.forms.group import Group
from tenders.forms.section import SectionForm
from tenders.models import ServiceKind, Tender, YesNo


class SometimesAnswered(forms.ChoiceField):
    """Needed in the case that the help text tells, so it is not marked as optional."""

    sometimes = True


def _amount(label: Any) -> MoneyField:
    return MoneyField(
        label=label, help_text=_("On the same VAT basis as the other amounts. Leave it empty if there is none."), required=False
    )


def _what_for(label: Any) -> WordsField:
    return WordsField(label=label, help_text=_("It is announced."), max_words=80, rows=2, required=False, sometimes=True)


class ValueForm(SectionForm):
    needed: tuple[str, ...] = ("service_kind",)

    service_kind = forms.ChoiceField(
        label=_("Which kind of service is it?"),
        help_text=_(
            "The CPV code does not decide it. Look it up in annex 2 and annex 3 of anskaffelsesforskriften, and ask the contact for law if"
            " you are in doubt: follow-up, guidance and training may be any of the three."
        ),
        choices=ServiceKind.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    options_amount = _amount(_("Options: the most they can cost"))
    options_text = _what_for(_("What the options are"))
    later_amount = _amount(_("Later purchase that you state now: the most it can cost"))
    later_text = _what_for(_("What may be bought later"))
    research = forms.BooleanField(
        label=_("It is a research and development service"),
        help_text=_("Most measures are not."),
        required=False,
    )
    sole_benefit = SometimesAnswered(
        label=_("Does Nav alone get the benefit of the results, for its own use?"),
        help_text=_("Needed for research and development."),
        choices=YesNo.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    full_payment = SometimesAnswered(
        label=_("Does Nav pay for all of it?"),
        help_text=_("Needed for research and development."),
        choices=YesNo.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    research_ground = WordsField(
        label=_("Why it is research and development"),
        help_text=_("Needed for research and development. It is kept with the tender, and not announced."),
        max_words=120,
        rows=3,
        required=False,
        sometimes=True,
    )
    splitting_reason = WordsField(
        label=_("Why they are not one purchase"),
        help_text=_("The approver reads it, and it is kept with the tender. It is not announced."),
        max_words=120,
        rows=3,
        required=False,
    )

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        # A call-off has the value and the rules of its framework agreement
        if tender.framework_id:
            self.fields = {"draft_no": self.fields["draft_no"]}
            self.needed = ()

    def stored(self) -> dict[str, Any]:
        amounts = {name: getattr(self.tender, name) or None for name in ("options_amount", "later_amount")}
        return {**super().stored(), **amounts}

    @property
    def stays(self) -> bool:
        """The proposed sentence was taken: it is shown where it was proposed."""
        return "use_proposed" in self.data

    @property
    def values(self) -> dict[str, Any]:
        """An empty amount is none; a reason that the page did not ask for stays as it is."""
        found = super().values
        for name in ("options_amount", "later_amount"):
            if name in found:
                found[name] = found[name] or Decimal(0)
        if "splitting_reason" not in self.data:
            found.pop("splitting_reason", None)
        return {**found, **({"use_proposed": True} if self.stays else {})}

    def research_group(self) -> Group:
        """Folded away while it is no research: most measures are none."""
        return Group(_("Is it research and development?"), [], [self[name] for name in _RESEARCH if name in self.fields])

    @property
    def is_research(self) -> bool:
        return bool("research" in self.fields and self["research"].value()) or self.research_group().has_errors

    def groups(self) -> list[Group]:
        return [Group(name, [self[field] for field in fields if field in self.fields]) for name, fields in _GROUPS]


_GROUPS = (
    (_("Kind of service"), ("service_kind",)),
    (_("What else can be bought"), ("options_amount", "options_text", "later_amount", "later_text")),
)
_RESEARCH = ("research", "sole_benefit", "full_payment", "research_ground")
