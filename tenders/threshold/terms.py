"""Rules about time, terms and who can take part."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, override

from accounts import wording
from accounts.local_time import oslo_day
from tenders.documents import Content
from tenders.procedures import SuggestedDates, template_of
from tenders.threshold.data import border, is_holiday, words_of, working_days_between
from tenders.threshold.demands import HEAVY, PROPORTIONAL, SHUTS_OUT
from tenders.threshold.draft import Draft, Mend, Rule, Spot
from tenders.threshold.phrases import phrases_in

MOST_WEEKS_LATER = 12
NAV_OWNS = "nav_owns"


def _days(draft: Draft, name: str) -> int:
    return int(border(f"{name}_invited" if draft.invited else name).value)


def _is_short(draft: Draft, closes: date) -> bool:
    return (closes - draft.opens_on).days < _days(draft, "days")


def _is_in_holidays(draft: Draft, closes: date) -> bool:
    return working_days_between(draft.opens_on, closes) < _days(draft, "working_days")


def _short_deadline(draft: Draft) -> list[Spot]:
    closes = draft.closes_on
    if closes is None or not _is_short(draft, closes):
        return []
    said = format_lazy(_("{days} days from the announcement to the deadline."), days=(closes - draft.opens_on).days)
    return [_deadline_spot(draft, said)]


def _holiday_deadline(draft: Draft) -> list[Spot]:
    closes = draft.closes_on
    if closes is None or not _is_in_holidays(draft, closes):
        return []
    if not any(is_holiday(draft.opens_on + timedelta(days=no)) for no in range((closes - draft.opens_on).days)):
        # Short all the same, which is another rule's
        return []
    days = working_days_between(draft.opens_on, closes)
    said = ngettext_lazy(
        "{days} working day outside holidays before the deadline.",
        "{days} working days outside holidays before the deadline.",
        days,
    )
    return [_deadline_spot(draft, format_lazy(said, days=days))]


def _deadline_spot(draft: Draft, said: Any) -> Spot:
    """A reason holds for these dates; the day it is read does not change what it judged."""
    first = draft.first
    with override("nb"):
        quote = " – ".join(wording.moment(at) for at in (first["opens_at"], first["closes_at"]) if at)
    return Spot(quote, "dates", "closes_at", said, _longer(draft))


def _longer(draft: Draft) -> Mend | None:
    """The dates that the template suggests, moved a week at a time until neither rule bites."""
    template = template_of(draft.content["procedure"])
    start = max(draft.at, draft.first["opens_at"] or draft.at)
    for weeks in range(MOST_WEEKS_LATER):
        dates = template.suggested_dates(start + timedelta(weeks=weeks))
        closes = oslo_day(dates.closes_at)
        if not _is_short(draft, closes) and not _is_in_holidays(draft, closes):
            return Mend(_("Set the suggested dates"), "dates", _values(draft.content["stages"], dates))
    return None


def _values(stages: list[Content], dates: SuggestedDates) -> dict[str, Any]:
    answers = {f"answer_by_{stage['no']}": day for stage, day in zip(stages, dates.answers_by, strict=False)}
    return {"closes_at": dates.closes_at, "questions_close_at": dates.questions_close_at, **answers}


def _unclear_rights(draft: Draft) -> list[Spot]:
    text = draft.content["rights_text"]
    if not phrases_in(text, words_of("unclear_rights")):
        return []
    return [Spot(text, "terms", "rights_text", mend=_usual_rights(draft))]


def _rights_away(draft: Draft) -> list[Spot]:
    text = draft.content["rights_text"]
    if draft.content["rights_regime"] != NAV_OWNS and not phrases_in(text, words_of("rights_away")):
        return []
    return [Spot(text, "terms", "rights_text", mend=_usual_rights(draft))]


def _usual_rights(draft: Draft) -> Mend | None:
    usual = {name: template_of(draft.content["procedure"]).tender.get(name) for name in ("rights_regime", "rights_text")}
    return Mend(_("Use the usual: the supplier owns"), "terms", usual) if all(usual.values()) else None


def _small_pool(draft: Draft) -> list[Spot]:
    content = draft.content
    if not draft.first["blind"]:
        return []
    if content["prequalification_required"]:
        open_to_all = Mend(_("Let everybody take part"), "terms", {"prequalification_required": False})
        return [Spot(content["prequalification_ground"], "terms", "prequalification_required", mend=open_to_all)]
    if content["reservation"] != "open":
        return [Spot(content["reservation_ground"], "terms", "reservation")]
    return []


def _no_adoption(draft: Draft) -> list[Spot]:
    return list(_unknown_roads(draft))


def _unknown_roads(draft: Draft) -> Iterator[Spot]:
    for name in ("adopter", "adoption_budget"):
        text = draft.content[name].strip()
        nothing = text.casefold().strip(" .!?–-") in words_of("nothing")
        unknown = phrases_in(text, words_of("no_adoption")) and not phrases_in(text, words_of("decided"))
        if text and (nothing or unknown):
            yield Spot(text, "need", name)


TERMS = [
    Rule(
        "short_deadline", SHUTS_OUT, _("A short deadline"),
        _("Whoever has no one to put aside for it, does not make it. Large ones have text lying ready."),
        _("Time limits must fit the work (anskaffelsesloven § 4: predictability and proportionality)."),
        _("Give at least three weeks."), _short_deadline, ["days", "days_invited"],
    ),
    Rule(
        "holiday_deadline", SHUTS_OUT, _("The time to answer is in a holiday"),
        _("In a small enterprise everybody is away at once, and so are those they would write it with."),
        _("Time limits must fit the work (anskaffelsesloven § 4: predictability and proportionality)."),
        _("Give ten working days outside Christmas, Easter and July."), _holiday_deadline, ["working_days", "working_days_invited"],
    ),
    Rule(
        "unclear_rights", SHUTS_OUT, _("Unclear who owns the result"),
        _("A start-up lives by what it owns. When it does not know, it does not tell its idea."),
        _("The terms shall be known beforehand (anskaffelsesloven § 4: predictability)."),
        _("Say who owns it and what the other may do, here and now."), _unclear_rights,
    ),
    Rule(
        "rights_away", HEAVY, _("What they make can be given to others"),
        _("A start-up lives by what it owns. Here a competitor can be given the idea to go on with, and it has nothing left to sell."),
        _("Researchers and a lawyer said of the terms of 2021 that they were little to live by for a start-up (Shifter, 2021)."),
        _("Let the supplier own the solution, and let Nav use it."), _rights_away,
    ),
    Rule(
        "small_pool", HEAVY, _("Few can take part in a blind stage"),
        _("When few can take part, the panel can guess who wrote what; and newcomers are outside."),
        PROPORTIONAL, _("Let everybody take part, or do not promise that the stage is blind."), _small_pool,
    ),
    Rule(
        "no_adoption", HEAVY, _("No road into use"),
        _("A newcomer can't live on a trial. Without somebody to use it afterwards, the work leads nowhere."),
        _("The unknown road after the trial is the known weak point (Meld. St. 32 (2020–2021), chapter 8)."),
        _("Say who will use it, and from which budget. Ask them first."), _no_adoption,
    ),
]  # fmt: skip
