"""What suppliers answer: the name of each stage, what is handed in, and its questions with their limits."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.words_field import WordsField
from tenders.forms.fields import LineField
from tenders.forms.rows import RowsForm
from tenders.models import Stage, StageField, Tender

MOST_WORDS = 2000
_PARTS = ("label", "hint", "max_words", "required")


@dataclass(frozen=True)
class AskedQuestion:
    """One question on the page."""

    key: str
    no: int
    label: str
    fields: list[forms.BoundField]


@dataclass(frozen=True)
class AskedStage:
    """A stage on the page: what is said of it, its questions, and how many words they can be answered with, as it is stored."""

    no: int
    name: str
    fields: list[forms.BoundField]
    questions: list[AskedQuestion]
    words: int


class AskedForm(RowsForm):
    """`stage_name_1` and `delivers_1` for stage 1; `label_1_2`, `hint_1_2`, `max_words_1_2` and `required_1_2` for its question 2."""

    heading = "h-question"

    def __init__(self, data: Any, *, tender: Tender) -> None:
        super().__init__(data, tender=tender)
        for stage in self.stages:
            self.fields[f"stage_name_{stage.no}"] = LineField(label=_("Name of the stage"), max_length=60, initial=stage.name)
            self.fields[f"delivers_{stage.no}"] = WordsField(
                label=_("What they hand in"),
                help_text=_("It stands above the questions in the announcement. See that numbers in it fit the questions below."),
                max_words=100,
                rows=3,
                initial=stage.delivers,
            )
            for question in stage.fields.all():
                self._add(f"{stage.no}_{question.no}", question)
        self.needed = [name for name in self.fields if name.startswith("label_")]

    def _add(self, key: str, question: StageField) -> None:
        fields = {
            "label": LineField(label=_("The question"), max_length=140),
            "hint": LineField(label=_("Help to answer it"), max_length=200, required=False),
            "max_words": forms.IntegerField(
                label=_("Words at most"), min_value=1, max_value=MOST_WORDS, error_messages=dict.fromkeys(_CODES, _A_LIMIT)
            ),
            "required": forms.BooleanField(label=_("Must be answered"), required=False),
        }
        for part, field in fields.items():
            field.initial = getattr(question, part)
            self.fields[f"{part}_{key}"] = field

    def rows(self) -> dict[str, list[str]]:
        keys = [f"{stage.no}_{question.no}" for stage in self.stages for question in stage.fields.all()]
        return {key: [f"{part}_{key}" for part in _PARTS] for key in keys}

    @cached_property
    def groups(self) -> list[AskedStage]:
        return [self._group(stage) for stage in self.stages]

    def _group(self, stage: Stage) -> AskedStage:
        stored = list(stage.fields.all())
        rows = self.rows()
        questions = [
            AskedQuestion(key, one.no, one.label, [self[name] for name in rows[key]]) for one in stored for key in (f"{stage.no}_{one.no}",)
        ]
        said = [self[f"stage_name_{stage.no}"], self[f"delivers_{stage.no}"]]
        return AskedStage(stage.no, stage.name, said, questions, sum(one.max_words for one in stored))


_CODES = ("required", "invalid", "min_value", "max_value")
_A_LIMIT = _("Write a whole number of words from 1 to 2000.")
