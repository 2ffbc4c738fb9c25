"""Why a finding must stand, and other figures to try in the estimate of the work."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.fields import MoneyField, field_of
from accounts.words_field import WordsField
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


class FiguresForm(forms.Form):
    """Figures of the estimate that can be tried; nothing is stored."""

    hourly = MoneyField(label=_("Kroner for an hour of work"), required=False)
    written_words = forms.IntegerField(label=_("Words written in an hour"), min_value=1, max_value=10_000, required=False)
    expected = forms.IntegerField(label=_("How many may take part"), min_value=1, max_value=10_000, required=False)

    all_open = True

    def __init__(self, data: Any) -> None:
        usual = {name: effort_figures()[name].value for name in ("hourly", "written_words")}
        self.usual = {"hourly": usual["hourly"], "written_words": int(usual["written_words"]), "expected": MANY}
        super().__init__(data or None, initial=self.usual)

    @property
    def figures(self) -> dict[str, Decimal]:
        """Those that were rightly given; what was wrong or left out is as usual."""
        return {name: Decimal(value) for name, value in self._given().items() if name != "expected"}

    @property
    def expected_number(self) -> int:
        return int(self._given().get("expected", MANY))

    def _given(self) -> dict[str, Any]:
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
