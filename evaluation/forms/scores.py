"""The score sheet, the reason for opening it again, and the reason for closing the scoring without all sheets."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.words_field import TextField
from evaluation.models import Score
from tenders.models import Criterion

LONGEST_COMMENT = 2_000


class ReasonField(TextField):
    """Needed before the sheet is locked; half a sheet is kept too."""

    def validate(self, value: Any) -> None:
        """Nothing written can wait. What is missing is said when the person wants to lock the sheet."""


def points_name(no: int) -> str:
    return f"points_{no}"


def comment_name(no: int) -> str:
    return f"comment_{no}"


class SheetForm(forms.Form):
    """Points and a reason for each criterion, and feedback to the supplier. Half of it can be saved."""

    use_required_attribute = False

    draft_no = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    def __init__(
        self, data: QueryDict | None, *, criteria: Sequence[Criterion], scores: Mapping[int, Score], feedback: str, draft_no: int
    ) -> None:
        super().__init__(data, initial={"draft_no": draft_no, "feedback": feedback, **_initial(scores)})
        self.criteria = criteria
        self.short_labels: dict[str, Any] = {}
        for criterion in criteria:
            self.fields[points_name(criterion.no)] = _points_field(criterion)
            self.fields[comment_name(criterion.no)] = _comment_field()
            self.short_labels[comment_name(criterion.no)] = criterion.name
        self.fields["feedback"] = TextField(
            label=_("To the supplier"),
            help_text=_("What did you like best? What would have lifted the idea? The panel gathers the answers in the letter."),
            required=False,
            max_length=LONGEST_COMMENT,
            widget=forms.Textarea(attrs={"rows": "4"}),
        )

    def points(self) -> dict[int, Decimal | None]:
        """After `is_valid`, by the number of the criterion."""
        return {criterion.no: self.cleaned_data[points_name(criterion.no)] for criterion in self.criteria}

    def comments(self) -> dict[int, str]:
        return {criterion.no: self.cleaned_data[comment_name(criterion.no)] for criterion in self.criteria}

    def as_typed(self) -> dict[str, str]:
        """What was given, exactly as it came."""
        return {name: self.data.get(name, "") for name in self.fields if name != "draft_no"}

    def is_whole(self) -> bool:
        """Whether every criterion has points and a reason. After `is_valid`."""
        return None not in self.points().values() and all(comment.strip() for comment in self.comments().values())

    def show_what_is_missing(self) -> None:
        """Say at each criterion what must be there before the sheet is locked. After `is_valid`."""
        for no, points in self.points().items():
            if points is None:
                self.add_error(points_name(no), _("Choose points."))
        for no, comment in self.comments().items():
            if not comment.strip():
                self.add_error(comment_name(no), _("Write a reason."))

    def now_at(self, draft_no: int) -> None:
        """It is saved: the next save from this page starts from there."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["draft_no"] = str(draft_no)
        self.data = data


def _initial(scores: Mapping[int, Score]) -> dict[str, str]:
    points = {points_name(no): str(int(score.points)) for no, score in scores.items() if score.points is not None}
    return points | {comment_name(no): score.comment for no, score in scores.items()}


def _points_field(criterion: Criterion) -> forms.TypedChoiceField:
    wrong = format_lazy(_("Choose whole points from 0 to {highest}."), highest=criterion.scale_max)
    return forms.TypedChoiceField(
        label=criterion.name,
        choices=[(str(value), str(value)) for value in range(criterion.scale_max + 1)],
        coerce=Decimal,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(),
        error_messages={"invalid_choice": wrong},
    )


def _comment_field() -> ReasonField:
    return ReasonField(
        label=_("Reason for the file"),
        help_text=_("Read by the panel and by the one who approves. It is not sent to the supplier."),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


class UnlockForm(forms.Form):
    """Why a locked sheet must be changed."""

    use_required_attribute = False

    reason = TextField(
        label=_("Why must you change it?"),
        help_text=_("The reason and the old points stay in the case."),
        max_length=LONGEST_COMMENT,
        error_messages={"required": _("Write why.")},
        widget=forms.Textarea(attrs={"rows": "2"}),
    )


class CloseScoringForm(forms.Form):
    """Why it is closed without all sheets; asked for only when some are missing."""

    use_required_attribute = False

    reason = TextField(
        label=_("Why do you close before every sheet is locked?"),
        help_text=_("The reason stays in the case. Sheets that are not locked do not count."),
        max_length=LONGEST_COMMENT,
        error_messages={"required": _("Write why you close before every sheet is locked.")},
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def __init__(self, data: QueryDict | None = None, *, missing: int) -> None:
        super().__init__(data)
        if not missing:
            del self.fields["reason"]
