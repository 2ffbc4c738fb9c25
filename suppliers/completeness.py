"""What is asked in a stage, and what is missing before it can be handed in. Counts by the one word rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.words import count_words, over_by
from suppliers.offered_price import PRICE, price_asked, without_price, wrong_with_price
from tenders.handed_in import worded
from tenders.models import Stage

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

TITLE = "title"
TITLE_WORDS = 12
PRICE_LABEL = _("Your price in kroner")

Answers = dict[str, str]


@dataclass(frozen=True)
class Question:
    """One thing that is asked: the name of the idea, or a field of the stage. `max_words` is the limit."""

    key: str
    label: "_StrOrPromise"
    hint: "_StrOrPromise"
    max_words: int
    required: bool = True


@dataclass(frozen=True)
class Shortcoming:
    """A question that isn't answered (`over` is 0), or whose answer is `over` words too long; of a price, what is wrong with it."""

    key: str
    label: "_StrOrPromise"
    over: int
    sentence: "_StrOrPromise" = ""

    @property
    def note(self) -> str:
        """What is wrong, short, in the reader's language."""
        if self.sentence:
            return str(self.sentence)
        if not self.over:
            return gettext("Not written yet")
        return ngettext("%(number)d word too many", "%(number)d words too many", self.over) % {"number": self.over}


def questions_of(stage: Stage) -> list[Question]:
    """The name of the idea or the offer first, then the stage's own fields in their order."""
    hint = _("At most 12 words. Do not use the name of your organisation.") if stage.blind else _("At most 12 words.")
    called = worded(stage.tender, _("What do you call the idea?"), _("What do you call the offer?"))
    asked = [Question(TITLE, called, hint, TITLE_WORDS)]
    for field in stage.fields.all():
        label = format_lazy("{}. {}", field.no, field.label)
        asked.append(Question(field.key, label, field.hint, field.max_words, field.required))
    return asked


def shortcomings(questions: Sequence[Question], answers: Mapping[str, str]) -> list[Shortcoming]:
    """Everything that keeps the answers from being handed in; empty when nothing does."""
    found = []
    for question in questions:
        text = answers.get(question.key, "")
        over = over_by(text, question.max_words)
        if over or (question.required and not count_words(text)):
            found.append(Shortcoming(question.key, question.label, over))
    return found


def missing_in(stage: Stage, answers: Mapping[str, str]) -> list[Shortcoming]:
    """Everything that the stage asks and the answers lack, the price last."""
    found, asked = shortcomings(questions_of(stage), answers), price_asked(stage)
    wrong = wrong_with_price(asked, answers) if asked else ""
    return [*found, Shortcoming(PRICE, PRICE_LABEL, 0, wrong)] if wrong else found


def words_left(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, int]:
    """Words left per question; below 0 when there are too many."""
    return {question.key: question.max_words - count_words(answers.get(question.key, "")) for question in questions}


def words_in_all(answers: Mapping[str, str]) -> int:
    """Words in the answers. The name of the idea and the price aren't counted."""
    return sum(count_words(text) for key, text in without_price(answers).items() if key != TITLE)
