"""What every section of an announcement shares: it is filled with what is stored, and notices that somebody else has saved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db import models

from accounts import wording
from accounts.fields import show_instead
from tenders.models import Tender


class SectionForm(forms.Form):
    """One section of the announcement, filled with what is stored. `draft_no` tells whether somebody else saved meanwhile."""

    draft_no = forms.IntegerField(widget=forms.HiddenInput)
    # What somebody else has stored meanwhile: label and text
    meanwhile: Sequence[tuple[str, str]] = ()
    # May be saved empty, but not announced empty: the page does not call it optional
    needed: Sequence[str] = ()

    def __init__(self, data: Any, *, tender: Tender) -> None:
        self.tender = tender
        self.stages = list(tender.stages.prefetch_related("criteria__levels", "fields").order_by("no"))
        initial = {"draft_no": tender.draft_no, **self.stored()}
        super().__init__(data, initial=initial)

        self._call_needed(True)

    def full_clean(self) -> None:
        self._call_needed(False)
        super().full_clean()
        self._call_needed(True)

    def _call_needed(self, needed: bool) -> None:
        for name in self.needed:
            self.fields[name].required = needed

    def stored(self) -> dict[str, Any]:
        """What the section holds now, by the names of the fields."""
        return {
            name: getattr(self.tender, name)
            for name in self.base_fields
            if hasattr(Tender, name) and name not in {"counties", "groups", "draft_no"}
        }

    @property
    def stays(self) -> bool:
        """Whether one stays in the section after what was sent."""
        return False

    @property
    def place(self) -> str:
        """Where on the page one lands then, as the end of an address."""
        return ""

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, for `save_announcement`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "draft_no"}

    def show_newer(self) -> None:
        """Somebody else saved: show what is stored where it differs, and let the next save count against that."""
        differs = [self[name] for name in self.changed_data if name != "draft_no"]
        self.meanwhile = [(str(one.label), _written(one)) for one in differs]
        show_instead(self, {"draft_no": str(self.tender.draft_no)})


def _written(one: forms.BoundField) -> str:
    if isinstance(one.initial, models.Model):
        return str(one.initial)
    value = one.field.prepare_value(one.initial)
    if isinstance(value, datetime):
        return wording.moment(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
