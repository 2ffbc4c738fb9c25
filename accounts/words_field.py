"""Fields for what people write: a text, one line, and a text with a limit in words, cleaned at the door. Refused, never cut."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.words import clean_text, count_words, over_by

LONGEST_TEXT = 20_000
LOST_SIGN = "\ufffd"


class TextField(forms.CharField):
    """A text of at most `max_length` signs, cleaned as it is kept. The browser cuts nothing either.

    `sometimes`: needed in the cases that the help text tells, so it is not marked as optional.
    """

    widget = forms.Textarea
    default_error_messages = {
        "max_length": _("Cut it to at most %(limit_value)d characters. It has %(show_value)d now."),
        "null_characters_not_allowed": _("The text holds a character that cannot be kept. Write it anew instead of pasting it."),
        "half_a_character": _("The text holds a character that cannot be kept. Write it anew instead of pasting it."),
        "lost_character": _("There is a � in the text, where a letter was lost on the way. Write that word anew."),
    }

    def __init__(self, *, max_length: int = LONGEST_TEXT, sometimes: bool = False, **kwargs: Any) -> None:
        self.sometimes = sometimes
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> Any:
        """A line break counts as one sign, however the browser sends it."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if LOST_SIGN in text:
            raise forms.ValidationError(self.error_messages["lost_character"], code="lost_character")
        try:
            text = clean_text(text)
        except ValueError as half:
            raise forms.ValidationError(self.error_messages["half_a_character"], code="half_a_character") from half
        if text and not count_words(text):
            # Signs that only look like spaces are nothing
            self.validate("")
        return text


class LineField(TextField):
    """A text on one line: line breaks become spaces."""

    widget: Any = forms.TextInput

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value).split())


class WordsField(TextField):
    """A text of at most `max_words` words."""

    default_error_messages = {"required": _("Write an answer here.")}

    def __init__(self, *, max_words: int, rows: int = 5, **kwargs: Any) -> None:
        self.max_words = max_words
        super().__init__(**kwargs)
        self.widget.attrs.update({"data-words": str(max_words), "rows": str(rows)})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
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
