"""Sections where rows of a stage can be added and taken away: the same page, with two buttons more."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.forms.section import SectionForm


class RowsForm(SectionForm):
    """What was typed, and one thing to do with it: `add` a row to stage 1, or `remove` row «1_2», whose own fields then don't matter."""

    # The heading that a row has on the page, before its key
    heading = ""

    def rows(self) -> Mapping[str, Sequence[str]]:
        """The fields of each row that can be taken away, by its key «1_2»; a section of which nothing can be has none."""
        return {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        add, remove = self.data.get("add", ""), self.data.get("remove", "")
        if add and add not in {str(stage.no) for stage in self.stages}:
            raise forms.ValidationError(_("There is no such stage. Look at the page again."))
        if remove and remove not in self.rows():
            raise forms.ValidationError(_("It is gone already. Look at the page again."))
        for name in self.rows()[remove] if remove else ():
            cleaned.pop(name, None)
            self.errors.pop(name, None)
        chosen = {"add": int(add)} if add else {"remove": remove} if remove else {}
        return {**cleaned, **chosen}

    @property
    def stays(self) -> bool:
        return "add" in self.data or "remove" in self.data

    @property
    def place(self) -> str:
        """At what was added."""
        add = self.cleaned_data.get("add")
        return f"#{self.heading}-{add}-{self._count(add) + 1}" if add else ""

    def _count(self, stage_no: int) -> int:
        return sum(key.startswith(f"{stage_no}_") for key in self.rows())
