"""Rules about the words themselves: what they ask for without saying so, and how heavy they are to read."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tenders.threshold.data import border, words_of
from tenders.threshold.demands import SHUTS_OUT
from tenders.threshold.draft import Draft, Rule, Spot, Text
from tenders.threshold.phrases import phrases_in
from tenders.threshold.reading import Sentence, lix, sentences_in, words_in

READING = "reading"


def _prescribed(draft: Draft) -> list[Spot]:
    spots = []
    for one in draft.texts:
        for sentence in sentences_in(one.text):
            if found := _prescribes(sentence.text):
                said = format_lazy(_("It says «{phrase}»."), phrase=found[0])
                spots.append(Spot(sentence.text.strip(), one.section, one.field, said))
    return spots


def _prescribes(sentence: str) -> list[str]:
    """A ready phrase; or a word that asks for something and one for a kind of solution. Not where it says that it is not so."""
    if phrases_in(sentence, words_of("not")):
        return []
    asked = phrases_in(sentence, [*words_of("demanding"), *words_of("wishing")])
    return phrases_in(sentence, words_of("prescribed")) or (phrases_in(sentence, words_of("solutions")) if asked else [])


def _size_criteria(draft: Draft) -> list[Spot]:
    spots = []
    for stage in draft.content["stages"]:
        for one in stage["criteria"]:
            texts = [one["name"], one["question"], *(level["text"] for level in one["levels"])]
            rewarding = [text for text in texts if phrases_in(text, words_of("size")) and not phrases_in(text, words_of("not"))]
            if rewarding:
                why = format_lazy(_("It says «{phrase}»."), phrase=phrases_in(rewarding[0], words_of("size"))[0])
                spots.append(Spot("\n".join(dict.fromkeys([one["name"], *rewarding])), "criteria", f"name_{stage['no']}_{one['no']}", why))
    return spots


def whole_text(draft: Draft) -> str:
    return "\n".join(one.text for one in draft.texts)


def _heavy_text(draft: Draft) -> list[Spot]:
    """Text by text, so that light ones do not outweigh a heavy one; and all together when none of them is long enough to be judged."""
    heavy = [one for one in draft.texts if _is_heavy(one.text)]
    if not heavy and _is_heavy(whole_text(draft)):
        return [_heavy_spot(Text("need", "need", whole_text(draft)))]
    return [_heavy_spot(one) for one in heavy]


def _is_heavy(text: str) -> bool:
    return len(words_in(text)) >= border("lix_words").value and lix(text) > border("lix").value


def _heavy_spot(one: Text) -> Spot:
    said = format_lazy(_("LIX is {lix}. Above {most} is hard to read."), lix=lix(one.text), most=border("lix").value)
    return Spot(one.text, one.section, one.field, said)


def is_long(sentence: Sentence) -> bool:
    return sentence.words > border("sentence_words").value


def _long_sentences(draft: Draft) -> list[Spot]:
    long = [(one, sentence) for one in draft.texts for sentence in sentences_in(one.text) if is_long(sentence)]
    if len(long) <= border("long_sentences").value:
        return []
    first = long[0][0]
    said = format_lazy(_("{number} sentences have more than {most} words."), number=len(long), most=border("sentence_words").value)
    return [Spot("\n".join(sentence.text.strip() for _one, sentence in long), first.section, first.field, said)]


WORDS = [
    Rule(
        "prescribed", SHUTS_OUT, _("The solution is prescribed"),
        _("Whoever has another and better way can't offer it. The one who already sells this one can."),
        _("A need is described, not a solution, so that all can compete (anskaffelsesloven § 4)."),
        _("Write what must become different, and leave the way to those who answer."), _prescribed,
    ),
    Rule(
        "size_criteria", SHUTS_OUT, _("A criterion rewards size"),
        _("Points go to those who are large or known already, not to the best idea."),
        _("What is awarded points shall concern what is delivered (anskaffelsesloven § 4: equal treatment)."),
        _("Judge the idea and the plan."), _size_criteria,
    ),
    Rule(
        "heavy_text", READING, _("The text is heavy to read"),
        _("It takes training in procurement to understand. Those who know the need best may give up."),
        _("Public bodies shall write clearly and for whom it concerns (språkloven § 9)."),
        _("Shorter sentences and everyday words. The long sentences are marked below."), _heavy_text, ["lix", "lix_words"],
    ),
    Rule(
        "long_sentences", READING, _("Many long sentences"),
        _("Demands hide in long sentences, and newcomers overlook them."),
        _("Public bodies shall write clearly and for whom it concerns (språkloven § 9)."),
        _("Cut each into two. They are marked below."), _long_sentences, ["long_sentences", "sentence_words"],
    ),
]  # fmt: skip
