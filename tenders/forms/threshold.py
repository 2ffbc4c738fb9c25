"""Why a finding must stand, and other figures to try in the estimate of the work."""

from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.fields import MoneyField, field_of
from accounts.words_field import WordsField
from tenders.forms.section import SectionForm
from tenders.models import Tender
from tenders.threshold.data import effort_figures
from tenders.threshold.effort import MANY


class ReasonForm(forms.Form):
    """For one finding; `prefix` is its key, so that all of them can stand on one page."""

    reason = WordsField(
        label=_("Why must it stand?"),
        help_text=_("The approver and the auditor read the reason, and it stands in the journal."),
        max_words=120,
        rows=3,
        error_messages={"required": _("Write why it must stand.")},
    )


class BesideForm(forms.Form):
    """Which other announcement to see beside this one: first the one that it was copied from."""

    other = forms.ModelChoiceField(
        label=_("Beside which announcement?"),
        queryset=Tender.objects.none(),
        to_field_name="reference",
        empty_label=None,
        error_messages={"required": _("Choose an announcement."), "invalid_choice": _("Choose one of the announcements in the list.")},
    )

    def __init__(self, data: Any, *, tender: Tender, readable: QuerySet[Tender]) -> None:
        super().__init__(data)
        origin_first = Case(When(pk=tender.copied_from_id, then=Value(0)), default=Value(1))
        others = readable.exclude(pk=tender.pk).select_related("unit", "budget").order_by(origin_first, "-created_at")
        field_of(self, "other", forms.ModelChoiceField).queryset = others
        self.any = others.exists()


class FiguresForm(SectionForm):
    """Own figures of the estimate, with their source. Those that are as usual need none, and are not kept."""

    effort_hourly = MoneyField(label=_("Kroner for an hour of work"))
    effort_words = forms.IntegerField(label=_("Words written in an hour"), min_value=1, max_value=10_000)
    effort_expected = forms.IntegerField(label=_("How many may take part"), min_value=1, max_value=10_000)
    effort_source = WordsField(
        label=_("Where the figures come from"),
        help_text=_("Needed when you have changed a figure. Those who approve and audit read it."),
        max_words=60,
        rows=2,
        required=False,
    )

    all_open = True

    @property
    def usual(self) -> dict[str, Any]:
        figures = effort_figures()
        return {"effort_hourly": figures["hourly"].value, "effort_words": int(figures["written_words"].value), "effort_expected": MANY}

    def stored(self) -> dict[str, Any]:
        own = {name: value for name, value in super().stored().items() if value}
        return {**self.usual, **own}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not self._as_usual(found) and not found["effort_source"].strip():
            self.add_error("effort_source", _("Write where the figures come from."))
        return found

    @property
    def values(self) -> dict[str, Any]:
        """None of its own while all are as usual, or when the button says so."""
        if "usual" in self.data or self._as_usual(self.cleaned_data):
            return {**dict.fromkeys(self.usual, None), "effort_source": ""}
        return super().values

    def _as_usual(self, found: dict[str, Any]) -> bool:
        return all(found.get(name) == value for name, value in self.usual.items())
