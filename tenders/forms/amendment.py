"""Forms around amending what is announced. They check text and never save."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.fields import DayField, LocalMomentField, field_of, show_instead
from accounts.models import County
from accounts.words_field import WordsField
from tenders.amending import NEED_TEXTS, TERM_TEXTS, TEXTS, Amendable, answer_name, comes_late, suggested_deadline
from tenders.forms.need import NeedForm
from tenders.forms.section import SectionForm
from tenders.forms.terms import TermsForm
from tenders.forms.threshold import ReasonForm
from tenders.models import Amendment, TenderFile

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class AmendmentForm(forms.Form):
    """Everything that may be amended, filled with what stands. What is left as it is, is not changed."""

    after_no = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What kind of amendment is it?"),
        choices=Amendment.Kind.choices,
        widget=forms.RadioSelect,
        initial=Amendment.Kind.CORRECTION,
    )
    reason = WordsField(
        label=_("Why?"), help_text=_("Everybody reads it, and it goes to all who follow. Name no supplier."), max_words=200, rows=4
    )
    material = forms.ChoiceField(
        label=_("Can it matter to what is handed in?"),
        help_text=_("If yes, those who have handed in are asked to confirm it, or take it back and change it. You don't see who they are."),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    failed_from = LocalMomentField(label=_("It failed from"), required=False)
    failed_until = LocalMomentField(label=_("It failed until"), required=False)
    needs_time = forms.BooleanField(label=_("Those who take part need more time because of this"), required=False)
    closes_at = LocalMomentField(label=_("Deadline"))

    def __init__(
        self,
        data: Any,
        *,
        amendable: Amendable,
        after_no: int,
        at: datetime,
        earlier: Mapping[str, Any] | None = None,
        ready: Sequence[TenderFile] = (),
    ) -> None:
        """`earlier`: the content of a proposal that came back, to go on from. `ready`: files that can be put into the list."""
        self.amendable, stands = amendable, amendable.values()
        self.suggested = suggested_deadline(stands["closes_at"], at=at)
        self.late = comes_late(stands["closes_at"], at=at)
        initial = {**stands, "closes_at": self.suggested if self.late else stands["closes_at"], **_written(amendable, earlier)}
        initial["counties"] = list(County.objects.filter(name__in=initial["counties"]).values_list("code", flat=True))
        initial["files"] = [file["key"] for file in initial["files"]]
        super().__init__(data, initial={**initial, "after_no": after_no})
        self._add_dates(stands)
        self._add_files(ready)
        self._add_texts()

    def _add_dates(self, stands: dict[str, Any]) -> None:
        known = {"day": wording.deadline(stands["closes_at"])}
        self.fields["closes_at"].help_text = (
            _("It is %(day)s now. Fewer than seven days are left, so a later day is filled in. Set it back if more time is not needed.")
            % known
            if self.late
            else _("It is %(day)s now, and can only be moved forward.") % known
        )
        # Not to be taken away once it is announced
        self.fields["questions_close_at"] = LocalMomentField(
            label=_("Questions can be asked until"), required=stands["questions_close_at"] is not None
        )
        for stage in self.amendable.stages:
            label = _("The answer in «%(stage)s» comes at the latest") % {"stage": stage.name}
            self.fields[answer_name(stage)] = DayField(label=label, required=stage.answer_by is not None)

    def _add_files(self, ready: Sequence[TenderFile]) -> None:
        """Nothing to choose among: no field, and the list stays as it is."""
        if not (files := [*self.amendable.files, *ready]):
            return
        self.fields["files"] = forms.MultipleChoiceField(
            label=_("Which files shall stand?"),
            help_text=_("What is not ticked is taken out of the list, and stays readable as an earlier file."),
            choices=[(file.key, f"{file.title} ({file.name}, {wording.size(file.size)})") for file in files],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def _add_texts(self) -> None:
        for name in (*NEED_TEXTS, "counties", *TERM_TEXTS):
            section: type[SectionForm] = TermsForm if name in TERM_TEXTS else NeedForm
            self.fields[name] = deepcopy(section.base_fields[name])
            self.fields[name].required = name in self.amendable.needed
        # Asked for when the threshold check finds something in what is written here
        self.fields["threshold_reason"] = deepcopy(ReasonForm.base_fields["reason"])
        reason = field_of(self, "threshold_reason", WordsField)
        reason.required, reason.sometimes = False, True
        field_of(self, "counties", forms.ChoiceField).choices = County.objects.order_by("name").values_list("code", "name")

    def clean(self) -> dict[str, Any]:
        """Whoever says that more time is needed gets a later day filled in, to look at and send again."""
        cleaned = super().clean() or {}
        closes_at = cleaned.get("closes_at")
        if cleaned.get("needs_time") and closes_at and closes_at <= self.amendable.stage.closes_at:
            day, hour = self.fields["closes_at"].widget.decompress(self.suggested)
            show_instead(self, {"closes_at_date": f"{day:%Y-%m-%d}", "closes_at_time": f"{hour:%H:%M}"})
            self.add_error("closes_at", _("You say that more time is needed, so a later day is filled in now. Look at it and send again."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """For `propose_amendment`."""
        values, cleaned = self.amendable.values(), self.cleaned_data
        return {
            "kind": cleaned["kind"],
            "reason": cleaned["reason"],
            "material": cleaned["material"] == "yes",
            "failed": (cleaned["failed_from"], cleaned["failed_until"]),
            "after_no": cleaned["after_no"],
            "threshold_reason": cleaned["threshold_reason"],
            "values": {name: cleaned[name] for name in values if name in cleaned},
        }

    @property
    def texts(self) -> Mapping[str, str]:
        """As they stand in the form, filled in or sent; of what was sent, those that can be kept."""
        known: Mapping[str, str] = self.cleaned_data if self.is_bound and self.errors is not None else self.initial
        return {name: known[name] for name in TEXTS if name in known}

    def what_fields(self) -> list[forms.BoundField]:
        return self._bound(("kind", "reason", "material"))

    def failure_fields(self) -> list[forms.BoundField]:
        return self._bound(("failed_from", "failed_until"))

    def date_fields(self) -> list[forms.BoundField]:
        return self._bound(("closes_at", "needs_time", *self.amendable.dates[1:]))

    def need_fields(self) -> list[forms.BoundField]:
        return self._bound((*NEED_TEXTS, "counties"))

    def file_fields(self) -> list[forms.BoundField]:
        return self._bound([name for name in ("files",) if name in self.fields])

    def term_fields(self) -> list[forms.BoundField]:
        return self._bound(TERM_TEXTS)

    def _bound(self, names: Sequence[str]) -> list[forms.BoundField]:
        return [self[name] for name in names]


def _written(amendable: Amendable, earlier: Mapping[str, Any] | None) -> dict[str, Any]:
    """What was proposed before, by the names of the fields; nothing of it when the announcement has changed since."""
    if earlier is None or not amendable.still_has(earlier["changes"]):
        return {}
    moments = {"closes_at", "questions_close_at"}
    values = {one["field"]: one["after"] for one in earlier["changes"]}
    read = {name: datetime.fromisoformat(value) if name in moments else value for name, value in values.items()}
    failed = {name: datetime.fromisoformat(earlier[name]) for name in ("failed_from", "failed_until") if earlier[name]}
    return {**read, **failed, "kind": earlier["kind"], "reason": earlier["reason"], "material": "yes" if earlier["material"] else "no"}


class AnnounceAmendmentForm(forms.Form):
    """For the approver of a late and material amendment that gives no more time."""

    deadline_reason = WordsField(
        label=_("Why is the deadline not moved?"),
        help_text=_("Fewer than seven days are left, and it can matter to what is handed in. Everybody reads your answer."),
        max_words=100,
        rows=3,
        required=False,
    )


class ReturnAmendmentForm(forms.Form):
    reason = WordsField(
        label=_("Why is it not announced?"), help_text=_("The officer sees it, and it stands in the journal."), max_words=200, rows=3
    )
