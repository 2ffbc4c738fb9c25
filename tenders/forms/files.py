"""Forms around the files of a tender. They check text and size and never save; what is in a file is the command's to look at."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tenders.forms.fields import LineField
from tenders.models import TenderFile
from tenders.uploads.checks import MAX_BYTES
from tenders.uploads.refusals import TOO_LARGE

LONGEST_TITLE = 120


class OneFileField(forms.FileField):
    """One file. A larger one than we take was never kept whole, so its size is looked at here."""

    default_error_messages = {"required": _("Choose a file."), "missing": _("Choose a file."), "invalid": _("Choose a file.")}

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = super().clean(data, initial)
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(str(TOO_LARGE), code="too_large")
        return file


class AddFileForm(forms.Form):
    title = LineField(
        label=_("What it is"), help_text=_("In the reader's words, for example «Draft of the contract»."), max_length=LONGEST_TITLE
    )
    file = OneFileField(
        label=_("File"),
        help_text=_("At most 20 MB: PDF, Word, PowerPoint, Excel or OpenDocument, without macros and password."),
        allow_empty_file=True,
    )
    without_names = forms.BooleanField(
        label=_("Take names out of the properties of the file"),
        help_text=_("Author, last editor and company. An electronic signature in a PDF does not hold after this."),
        required=False,
        initial=True,
    )


class ArrangeForm(forms.Form):
    """A title for every file of the list; which button was pressed is the view's."""

    def __init__(self, data: Any, *, files: Iterable[TenderFile]) -> None:
        self.listed = list(files)
        super().__init__(data, initial={_name(file.pk): file.title for file in self.listed})
        for file in self.listed:
            self.fields[_name(file.pk)] = LineField(label=_("What «%(file)s» is") % {"file": file.name}, max_length=LONGEST_TITLE)

    def moved(self, *, up: str = "", down: str = "") -> list[tuple[UUID, str]]:
        """The titles with the file of the key `up` one place earlier, or that of `down` one place later."""
        titles = self.titles
        keys = [str(key) for key, _title in titles]
        later = keys.index(up) if up in keys else keys.index(down) + 1 if down in keys else 0
        if 0 < later < len(titles):
            titles[later - 1], titles[later] = titles[later], titles[later - 1]
        return titles

    def rows(self) -> list[tuple[TenderFile, forms.BoundField]]:
        return [(file, self[_name(file.pk)]) for file in self.listed]

    @property
    def titles(self) -> list[tuple[UUID, str]]:
        """For `arrange_tender_files`, in the order of the page."""
        return [(file.pk, self.cleaned_data[_name(file.pk)]) for file in self.listed]


def _name(key: UUID) -> str:
    return f"title_{key}"
