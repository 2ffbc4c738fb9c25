"""A text with a limit in words, counted under the field while one writes and on the server when it arrives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.words import clean_text, over_by


class WordsField(forms.CharField):
    """A text of at most `max_words` words, cleaned as it is kept. What is too long is refused, never cut."""

    widget = forms.Textarea
    default_error_messages = {
        "required": _("Write an answer here."),
        "half_a_character": _("The text holds a character that cannot be kept. Write it anew instead of pasting it."),
    }

    def __init__(self, *, max_words: int, rows: int = 5, **kwargs: Any) -> None:
        self.max_words = max_words
        super().__init__(**kwargs)
        self.widget.attrs.update({"data-words": str(max_words), "rows": str(rows)})

    def clean(self, value: Any) -> str:
        try:
            text = clean_text(super().clean(value))
        except ValueError as half:
            raise forms.ValidationError(self.error_messages["half_a_character"], code="half_a_character") from half
        if over := over_by(text, self.max_words):
            raise forms.ValidationError(self._too_long(over), code="too_long")
        return text

    @staticmethod
    def _too_long(over: int) -> str:
        return ngettext(
            "Cut %(number)d word. Everybody has the same limit, and we cannot take more.",
            "Cut %(number)d words. Everybody has the same limit, and we cannot take more.",
            over,
        ) % {"number": over}
