"""Forms of the sketch and of the public check. They look at text and sizes only; the commands decide."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts import wording
from accounts.fields import MoneyField
from accounts.words_field import LineField, TextField, WordsField
from suppliers.completeness import PRICE_LABEL, TITLE, Answers, Question, Shortcoming
from suppliers.offered_price import COVERS, PRICE, PriceAsked, price_asked
from tenders.models import Stage
from tenders.uploads.checks import MAX_BYTES
from tenders.uploads.refusals import TOO_LARGE

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict
    from django.utils.functional import _StrOrPromise


class AnswerField(WordsField):
    """An answer under way: its words are counted, but one that is too long may still be saved."""

    def clean(self, value: Any) -> str:
        return TextField.clean(self, value)

    def validate(self, value: Any) -> None:
        """Nothing written is a draft too. What is missing is said when the person wants to hand in."""

    def sentence_for(self, shortcoming: Shortcoming) -> str:
        """What is wrong with the answer and how to mend it."""
        return self._too_long(shortcoming.over) if shortcoming.over else str(self.error_messages["required"])


class PriceField(MoneyField):
    """A price under way: kept as it is typed, on one line, until the person wants to hand in."""

    def clean(self, value: Any) -> str:
        return LineField(max_length=40, required=False).clean(value)


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """No, one or several files. Their size is looked at here, for a larger one was never kept whole; the rest by the command."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_empty_file=True, widget=SeveralFilesInput(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = [file for file in data or [] if file]
        too_large = [file for file in files if (file.size or 0) > MAX_BYTES]
        if too_large:
            raise forms.ValidationError([f"{file.name}: {TOO_LARGE}" for file in too_large], code="too_large")
        return files


def name_of(key: str) -> str:
    """The name of a question's field in the form."""
    return f"answer_{key}"


class SubmissionForm(forms.Form):
    """The name of the idea, one field for each that the stage asks, and files."""

    use_required_attribute = False

    draft_no = forms.IntegerField(min_value=0, widget=forms.HiddenInput())

    def __init__(
        self,
        data: QueryDict | None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        stage: Stage,
        questions: Sequence[Question],
        answers: Answers,
        draft_no: int,
    ) -> None:
        super().__init__(data, files, initial={"draft_no": draft_no, **{name_of(key): text for key, text in answers.items()}})
        self.questions = questions
        for question in questions:
            self.fields[name_of(question.key)] = _answer_field(question)
        self.price = price_asked(stage)
        if self.price is not None:
            self.fields |= _price_fields(self.price)
        self.fields["files"] = FilesField(label=_("Attachments"), help_text=_files_hint(stage))

    def answers(self) -> Answers:
        """What was written, cleaned, by the keys of the questions. After `is_valid`."""
        return {key: self.cleaned_data[name_of(key)] for key in self.labels}

    def as_typed(self) -> Answers:
        """What was written, exactly as it came."""
        return {key: self.data.get(name_of(key), "") for key in self.labels}

    @property
    def labels(self) -> "dict[str, _StrOrPromise]":
        """Everything that is asked, the price last: key and label."""
        priced = {key: self.fields[name_of(key)].label or "" for key in (PRICE, COVERS)} if self.price else {}
        return {question.key: question.label for question in self.questions} | priced

    def show_shortcomings(self, missing: Sequence[Shortcoming]) -> None:
        """Say at each field what must be mended before the sketch can be handed in."""
        for shortcoming in missing:
            name = name_of(shortcoming.key)
            sentence = shortcoming.sentence or cast(AnswerField, self.fields[name]).sentence_for(shortcoming)
            self.add_error(name, str(sentence))

    def now_at(self, draft_no: int) -> None:
        """The text is saved: the next save from this page starts from there."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["draft_no"] = str(draft_no)
        self.data = data


def _answer_field(question: Question) -> AnswerField:
    title = question.key == TITLE
    field = AnswerField(
        label=question.label,
        help_text=question.hint,
        max_words=question.max_words,
        required=question.required,
        rows=4 if question.max_words <= 150 else 7,
        **({"widget": forms.TextInput(attrs={"autocomplete": "off"})} if title else {}),
    )
    if title:
        field.widget.attrs.pop("rows")
    return field


def _price_fields(asked: PriceAsked) -> dict[str, forms.Field]:
    most = _(
        "One amount, %(vat)s, and at most %(cap)s. It is sealed by itself, and no one in the panel sees it before the points are given."
    )
    price = PriceField(label=PRICE_LABEL, help_text=most % {"vat": asked.vat, "cap": wording.money(asked.cap)})
    covers = LineField(
        label=_("What does the price cover?"),
        help_text=_("One line. It says nothing that is not in the offer."),
        max_length=200,
        required=False,
    )
    return {name_of(PRICE): price, name_of(COVERS): covers}


def _files_hint(stage: Stage) -> Any:
    most = ngettext_lazy(
        "At most %(number)d file of 20 MB: PDF, Word, PowerPoint, Excel or OpenDocument.",
        "At most %(number)d files of 20 MB each: PDF, Word, PowerPoint, Excel or OpenDocument.",
        stage.max_files,
    ) % {"number": stage.max_files}
    return format_lazy("{} {}", most, _("We take names out of the properties of the file.")) if stage.blind else most


class ReviewedForm(forms.Form):
    """Which draft the person looked over before sending it."""

    draft_no = forms.IntegerField(min_value=0, widget=forms.HiddenInput())


class ConfirmForm(forms.Form):
    """The last amendment the person has read before confirming."""

    through = forms.IntegerField(min_value=0, widget=forms.HiddenInput())


class StartForm(forms.Form):
    """For which organisation, when the person acts for several."""

    organisation = forms.ChoiceField(label=_("Which organisation do you write for?"), widget=forms.RadioSelect())

    def __init__(self, data: QueryDict | None, *, organisations: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["organisation"]).choices = organisations


class VerifyReceiptForm(forms.Form):
    """The number and the fingerprint, as they stand on the receipt."""

    number = forms.CharField(
        label=_("The number of the receipt"),
        help_text=_("For example K-2026-014-7QMX."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    fingerprint = forms.CharField(
        label=_("The fingerprint"),
        help_text=_("64 characters. Spaces and line breaks mean nothing."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": "4", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        return "".join(self.cleaned_data["number"].split()).upper()
