"""Prequalification: some are qualified, one is not, one is asked, some wait."""

from datetime import date, datetime
from functools import partial

from demo.world.calendar import after, clock
from demo.world.stage import Play
from suppliers.commands.answer_reviewer import answer_reviewer
from suppliers.commands.apply_for_prequalification import apply_for_prequalification
from suppliers.commands.ask_applicant import ask_applicant
from suppliers.commands.decide_prequalification import decide_prequalification
from suppliers.commands.save_declaration import save_declaration
from suppliers.commands.start_prequalification import start_prequalification
from suppliers.models import Prequalification, ReviewQuestion
from suppliers.queries.prequalification import newest_of

YES = (
    "Dere oppfyller de fem kravene. Vi har lagt vekt på at formålet står i vedtektene, at overskuddet blir i virksomheten,"
    " og at de dere er til for, er med og bestemmer."
)
NO = (
    "Vi finner ikke at det sosiale formålet er hovedformålet. Vedtektene sier at selskapet skal selge programvare til"
    " banker og butikker, og de setter ingen grense for utbytte. Endrer dere vedtektene, kan dere søke på nytt når dere vil."
)
ASKED = "Dere skriver at overskuddet går tilbake til formålet. Hvor er det bestemt, og hvem kan endre det?"
ASKED_BEFORE = "Hvordan er de unge mødrene med og bestemmer i dag?"
ANSWERED = "Fire av sju i styret er mødre som har gått gjennom opplegget. De velges av dem som er med det året."


def write_application(play: Play, firm: str, who: str, words: dict[str, str], day: date) -> None:
    """Started in the evening, sent the day after."""
    declared: dict[str, str | bool | None] = {
        "social_purpose": words["social_purpose"].replace("{who}", who),
        "new_way": words["new_way"],
        "surplus": "articles",
        "surplus_text": "",
        **dict.fromkeys(("no_convictions", "taxes_paid", "not_insolvent", "no_serious_faults"), True),
        "explanation": "",
    }
    play.scene(clock(day, 17, 40), partial(_apply, play, firm, declared))


def write_decision(play: Play, firm: str, applied: date, *, qualified: bool) -> None:
    """Within ten working days, as promised."""
    play.scene(clock(after(applied, 6), 10, 25), partial(_decide, play, firm, qualified))


def write_review_question(play: Play, firm: str, text: str, applied: date) -> date:
    """Per asks two days after the application came; returns the day."""
    day = after(applied, 2)
    play.scene(clock(day, 9, 50), partial(_ask, play, firm, text))
    return day


def write_review_answer(play: Play, firm: str, text: str, asked: date) -> None:
    play.scene(clock(asked, 20, 5), partial(_answer, play, firm, text))


def _apply(play: Play, firm: str, declared: dict[str, str | bool | None], at: datetime) -> None:
    by = play.representative(firm)
    started = start_prequalification(organisation_id=play.organisations[firm].pk, by=by, at=at)
    save_declaration(prequalification_id=started.pk, values=declared, by=by, at=at)
    apply_for_prequalification(prequalification_id=started.pk, by=by, at=at)


def _newest(play: Play, firm: str) -> Prequalification:
    found = newest_of(play.organisations[firm])
    if found is None:
        raise LookupError(f"{firm} has not applied.")
    return found


def _decide(play: Play, firm: str, qualified: bool, at: datetime) -> None:
    grounds = YES if qualified else NO
    decide_prequalification(prequalification_id=_newest(play, firm).pk, qualified=qualified, grounds=grounds, by=play.people["per"], at=at)


def _ask(play: Play, firm: str, text: str, at: datetime) -> None:
    ask_applicant(prequalification_id=_newest(play, firm).pk, text=text, by=play.people["per"], at=at)


def _answer(play: Play, firm: str, text: str, at: datetime) -> None:
    question = ReviewQuestion.objects.get(prequalification=_newest(play, firm))
    answer_reviewer(question_id=question.pk, answer=text, by=play.representative(firm), at=at)
