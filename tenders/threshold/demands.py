"""Rules about what is demanded of those who take part."""

from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tenders.documents import Content
from tenders.requirements import PARTS, amount_words
from tenders.threshold.data import border, words_of
from tenders.threshold.draft import Draft, Mend, Rule, Spot
from tenders.threshold.phrases import phrases_in
from tenders.threshold.reading import sentences_in

SHUTS_OUT, HEAVY = "shuts_out", "heavy"
# A requirement of one of these kinds is judged by its figure
OWN_KINDS = {"turnover", "years", "references", "premises"}
TEN = 10
PROPORTIONAL = _("Requirements must be in proportion to what is bought (anskaffelsesloven § 4).")


def quote_of(one: Content) -> str:
    """All that a requirement says, with its kind and figure, so that a reason falls when any of it changes."""
    # The announcement is in bokmål, and a reason must hold in whichever language it is read
    with override("nb"):
        head = ", ".join(part for part in (amount_words(one["kind"], one["amount"]), one["whom"]) if part)
    return " · ".join(part for part in (one["text"], head, one["proof"]) if part)


def spot_of(one: Content) -> Spot:
    return Spot(quote_of(one), "requirements", f"kind_{one['no']}", mend=without([one]))


def without(requirements: list[Content]) -> Mend:
    """Take them all out of the draft."""
    empty = {f"{part}_{one['no']}": None if part == "amount" else "" for one in requirements for part in PARTS}
    return Mend(_("Remove the requirement") if len(requirements) == 1 else _("Remove all of them"), "requirements", empty)


def demanded_in_text(draft: Draft, name: str) -> list[Spot]:
    """Sentences that demand what the words of `name` say, wherever they stand: in a text, or in a requirement of another kind."""
    hidden = [spot_of(one) for one in draft.requirements if one["kind"] not in OWN_KINDS and demands(one["text"], name)]
    told = [
        Spot(sentence.text.strip(), one.section, one.field)
        for one in draft.texts
        for sentence in sentences_in(one.text)
        if demands(sentence.text, name)
    ]
    return [*hidden, *told]


def demands(sentence: str, name: str) -> bool:
    """A word that demands, a word of what is demanded, and none that says that it is not."""
    if phrases_in(sentence, words_of("not_demanded")):
        return False
    return all(phrases_in(sentence, words_of(words)) for words in ("demanding", name))


def _turnover(draft: Draft) -> list[Spot]:
    most = draft.content["amount"] * border("turnover_share").value
    stated = [spot_of(one) for one in draft.required("turnover") if one["amount"] > most]
    return [*stated, *demanded_in_text(draft, "turnover")]


def _years(draft: Draft) -> list[Spot]:
    stated = [spot_of(one) for one in draft.required("years") if one["amount"] > border("years_in_business").value]
    return [*stated, *demanded_in_text(draft, "years")]


def _same_buyer(draft: Draft) -> list[Spot]:
    own = [*words_of("buyer"), draft.content["unit"].casefold()]
    stated = [spot_of(one) for one in draft.required("references") if phrases_in(f"{one['whom']} {one['text']}", own)]
    return [*stated, *demanded_in_text(draft, "same_buyer")]


def _premises(draft: Draft) -> list[Spot]:
    return [*map(spot_of, draft.required("premises")), *demanded_in_text(draft, "premises")]


def _staff(draft: Draft) -> list[Spot]:
    """How many, that is: a text may well speak of those who work there."""
    found = demanded_in_text(draft, "staff")
    return [spot for spot in found if any(sign.isdigit() for sign in spot.quote) or phrases_in(spot.quote, ["minst"])]


def _documents(draft: Draft) -> list[Spot]:
    asked = draft.required("proof", "attachment")
    if len(asked) <= border("documents").value:
        return []
    said = format_lazy(_("{number} documents are asked for."), number=len(asked))
    return [Spot("\n".join(map(quote_of, asked)), "requirements", f"kind_{asked[0]['no']}", said, without(asked))]


def _unpaid(draft: Draft) -> list[Spot]:
    """A meeting before anybody is chosen, or a later stage that those chosen in the one before are not paid for."""
    spots = [spot_of(one) for one in draft.required("meeting") if not phrases_in(one["text"], words_of("paid"))]
    for before, stage in zip(draft.content["stages"], draft.content["stages"][1:], strict=False):
        if not Decimal(before["pays_each"]) and stage["words"]:
            said = format_lazy(
                _("«{stage}» asks for {words} words, and nobody is paid to write them."), stage=stage["name"], words=stage["words"]
            )
            spots.append(Spot(stage["delivers"] or stage["name"], "money", f"pays_each_{before['no']}", said))
    return spots


def _long_ask(draft: Draft) -> list[Spot]:
    """Words against what they can give points for: where price counts, less is judged by what is written."""
    judged = sum((Decimal(one["weight"]) for one in draft.first["criteria"] if not one.get("formula")), Decimal(0))
    most = int(judged * border("words_per_percent").value)
    asked = draft.first["words"]
    if not judged or asked <= most:
        return []
    said = format_lazy(_("{asked} words are asked for; {most} would do for what is judged."), asked=asked, most=most)
    quote = "\n".join(f"{one['label']} ({one['max_words']})" for one in draft.first["fields"])
    return [Spot(quote, "asked", "max_words_1_1", said, _shorter(draft, most))]


def _shorter(draft: Draft, most: int) -> Mend | None:
    """The longest are cut down to one limit, a whole number of tens; the short ones stay."""
    lengths = {f"max_words_1_{one['no']}": int(one["max_words"]) for one in draft.first["fields"]}
    limits = range(TEN, max(lengths.values()), TEN)
    limit = max((each for each in limits if sum(min(one, each) for one in lengths.values()) <= most), default=0)
    return Mend(_("Shorten the longest answers"), "asked", {name: min(one, limit) for name, one in lengths.items()}) if limit else None


DEMANDS = [
    Rule(
        "turnover", SHUTS_OUT, _("A turnover is required"),
        _("A new enterprise has no such turnover, however good its idea is. It does not take part."),
        PROPORTIONAL, _("Remove it, or ask for no more than half of what the tender pays."), _turnover, ["turnover_share"],
    ),
    Rule(
        "years", SHUTS_OUT, _("Years in business are required"),
        _("Whoever has just started is shut out by the calendar alone."),
        PROPORTIONAL, _("Remove it. The answers show whether they can do the work."), _years, ["years_in_business"],
    ),
    Rule(
        "same_buyer", SHUTS_OUT, _("References from the same buyer are required"),
        _("Nobody can take part for the first time: only those who have worked for Nav have worked for Nav."),
        _("All shall be able to compete on equal terms (anskaffelsesloven § 4: competition and equal treatment)."),
        _("Remove it, or accept experience from anywhere."), _same_buyer,
    ),
    Rule(
        "premises", SHUTS_OUT, _("Own premises are required"),
        _("Small enterprises rent or borrow when they have work. They can't pay for rooms before they know."),
        PROPORTIONAL, _("Remove it. Ask instead where the work can be done."), _premises,
    ),
    Rule(
        "staff", SHUTS_OUT, _("A number of employees is required"),
        _("A small enterprise hires when it has work, and borrows hands from others."),
        PROPORTIONAL, _("Remove it. Ask who will do the work, and how."), _staff,
    ),
    Rule(
        "documents", HEAVY, _("Many certificates and attachments"),
        _("Each one costs an hour that a large enterprise has staff for, and a small one takes from the idea."),
        _("What the public already holds shall not be asked for again (anskaffelsesforskriften § 17-1)."),
        _("Ask the one who wins, and only for what is not in a public register."), _documents, ["documents"],
    ),
    Rule(
        "long_ask", HEAVY, _("The answer asked for is long"),
        _("Hours of writing cost the same for one of one as for one of a thousand."),
        PROPORTIONAL, _("Shorten the limits of the questions, or judge more by what is written."), _long_ask, ["words_per_percent"],
    ),
    Rule(
        "unpaid", HEAVY, _("Work without pay"),
        _("Small enterprises and non-profits can't work for nothing; those who can, win."),
        PROPORTIONAL, _("Pay those who go on, or leave the meeting to those who are chosen."), _unpaid,
    ),
]  # fmt: skip
