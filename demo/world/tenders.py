"""The buyer's side: needs are described, sent for approval, announced, asked about and opened."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from accounts.local_time import oslo
from accounts.models import Unit
from demo.world.calendar import NOON, after, clock
from demo.world.data import texts
from demo.world.stage import Play
from demo.world.submissions import Place
from evaluation.commands.press_opening import press_opening
from tenders.commands.accept_threshold_finding import accept_threshold_finding
from tenders.commands.announce_amendment import announce_amendment
from tenders.commands.announce_tender import announce_tender
from tenders.commands.answer_question import answer_question
from tenders.commands.ask_question import ask_question
from tenders.commands.describe_need import describe_need
from tenders.commands.follow_theme import follow_theme
from tenders.commands.propose_amendment import propose_amendment
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.return_announcement import return_announcement
from tenders.commands.save_announcement import TERMS, VALUE, save_announcement
from tenders.documents import announcement_content
from tenders.models import Amendment, Approval, TargetGroup, Tender
from tenders.threshold.check import check_of

Text = dict[str, Any]
MONEY = ("amount", "selects_", "pays_each_")
WHY_KEPT = "De som kan svare, fikk vite om behovet i god tid, og har sagt at dagene holder."
CRITERIA = ("name_", "question_", "level_", "weight_", "price_")


def write_description(play: Play, key: str, text: Text, at: datetime, dates: dict[str, Any] | None = None) -> None:
    """Ingrid describes the need, and writes the announcement an hour later."""
    play.scene(at, partial(_describe, play, key, text))
    play.scene(at + timedelta(hours=1), partial(_save, play, key, text, dates or {}))


def _describe(play: Play, key: str, text: Text, at: datetime) -> None:
    unit = Unit.objects.get(name=text["unit"])
    procedure = text.get("procedure", Tender.Procedure.IDEA_COMPETITION)
    play.tenders[key] = describe_need(procedure=procedure, name=text["name"], unit=unit, by=play.people["ingrid"], at=at)


def _save(play: Play, key: str, text: Text, dates: dict[str, Any], at: datetime) -> None:
    demands = {name: Decimal(value) if name.startswith("amount_") else value for name, value in text.get("requirements", {}).items()}
    sections: dict[str, dict[str, Any]] = {"dates": dates, "team": texts("team"), "requirements": demands}
    for name, value in text["values"].items():
        sections.setdefault(_section_of(name), {})[name] = _read(name, value, at)
    for section, values in sections.items():
        if values:
            save_announcement(tender_id=play.tenders[key].pk, section=section, values=values, by=play.people["ingrid"], at=at)


def _section_of(name: str) -> str:
    if name in VALUE:
        return "value"
    if name in TERMS:
        return "terms"
    if name.startswith(MONEY):
        return "money"
    return "criteria" if name.startswith(CRITERIA) else "need"


def _read(name: str, value: Any, at: datetime) -> Any:
    if name.startswith(("amount", "pays_each_", "weight_", "price_weight_")):
        return Decimal(value)
    if name == "tried_at":
        return Unit.objects.get(name=value)
    return value.replace("{year}", f"{at:%y}") if name == "case_number" else value


def dates_of(closes: datetime, *, questions: date | None = None, opens: datetime | None = None, stages: int = 2) -> dict[str, Any]:
    """The dates of an announcement from its deadline: questions end two weeks before when nothing is said."""
    day = closes.date()
    answer = after(day, 35)
    return {
        "opens_at": opens,
        "closes_at": closes,
        "questions_close_at": oslo(questions or after(day, -14), NOON),
        **{f"answer_by_{no}": after(answer, 91 * (no - 1)) for no in range(1, stages + 1)},
    }


def write_proposal(play: Play, key: str, at: datetime) -> None:
    play.scene(at, partial(_propose, play, key))


def _propose(play: Play, key: str, at: datetime) -> None:
    _keep_findings(play, key, at)
    propose_announcement(tender_id=play.tenders[key].pk, approver=play.people["arne"], by=play.people["ingrid"], at=at)


def _keep_findings(play: Play, key: str, at: datetime) -> None:
    """What the threshold check finds stands with a reason. Of dates it can be any: they follow the day the world is built on."""
    reasons = texts("tenders").get(key, {}).get("reasons", {})
    tender = Tender.objects.select_related("unit", "budget").get(pk=play.tenders[key].pk)
    for one in check_of(tender, announcement_content(tender), at=at).unanswered:
        why = reasons[one.rule.key] if one.spot.section != "dates" else WHY_KEPT
        accept_threshold_finding(tender_id=tender.pk, finding=one.key, reason=why, by=play.people["ingrid"], at=at)


def write_return(play: Play, key: str, reason: str, at: datetime) -> None:
    play.scene(at, partial(_return, play, key, reason))


def _return(play: Play, key: str, reason: str, at: datetime) -> None:
    return_announcement(tender_id=play.tenders[key].pk, reason=reason, by=play.people["arne"], at=at)


def write_announcement(play: Play, key: str, at: datetime) -> None:
    play.scene(at, partial(_announce, play, key))


def _announce(play: Play, key: str, at: datetime) -> None:
    tender = play.tenders[key]
    seen = Approval.objects.filter(tender=tender).latest("proposed_at").content_hash
    announce_tender(tender_id=tender.pk, content_hash=seen, by=play.people["arne"], at=at)


def write_amendment(play: Play, key: str, said: Text, at: datetime) -> None:
    """Ingrid proposes other words, and Arne announces them half an hour later."""
    play.scene(at, partial(_amend, play, key, said))
    play.scene(at + timedelta(minutes=30), partial(_announce_amendment, play, key))


def _amend(play: Play, key: str, said: Text, at: datetime) -> None:
    given = {"reason": said["reason"], "values": said["values"], "material": True}
    propose_amendment(tender_id=play.tenders[key].pk, kind=Amendment.Kind.CORRECTION, **given, by=play.people["ingrid"], at=at)


def _announce_amendment(play: Play, key: str, at: datetime) -> None:
    waiting = play.waiting(key, Approval.What.AMENDMENT)
    announce_amendment(approval_id=waiting.pk, content_seen=waiting.content_hash, by=play.people["arne"], at=at)


def write_theme(play: Play, firm: str, group: TargetGroup, at: datetime) -> None:
    """Somebody who acts for the firm asks to be told of new tenders about the group."""
    play.scene(at, partial(_follow_theme, play, firm, group))


def _follow_theme(play: Play, firm: str, group: TargetGroup, at: datetime) -> None:
    follow_theme(group=group, county=None, organisation=play.organisations[firm], by=play.representative(firm), at=at)


def write_question(play: Play, key: str, said: dict[str, str], firm: str, at: datetime, answered: datetime | None = None) -> None:
    """Somebody who acts for the firm asks; when there is an answer, Ingrid gives it the next working day, or when it is said."""
    play.scene(at, partial(_ask, play, key, said["text"], firm))
    if "answer" in said:
        play.scene(answered or clock(after(at.date()), 13, 15), partial(_answer, play, key, said))


def _ask(play: Play, key: str, text: str, firm: str, at: datetime) -> None:
    ask_question(tender_id=play.tenders[key].pk, text=text, by=play.representative(firm), at=at)


def _answer(play: Play, key: str, said: dict[str, str], at: datetime) -> None:
    question = play.tenders[key].questions.get(text=said["text"])
    answer_question(question_id=question.pk, answer=said["answer"], by=play.people["ingrid"], at=at)


def write_deadline(play: Play, closes: datetime) -> None:
    """Nothing is done at a deadline; the jobs tell that it has passed."""
    play.scene(closes + timedelta(seconds=20), lambda _at: None)


def write_opening(play: Play, place: Place, closes: datetime) -> None:
    """Ingrid presses first, Arne a minute later."""
    play.scene(closes + timedelta(minutes=4, seconds=10), partial(_press, play, place, "ingrid"))
    play.scene(closes + timedelta(minutes=5, seconds=2), partial(_press, play, place, "arne"))


def _press(play: Play, place: Place, who: str, at: datetime) -> None:
    press_opening(stage_id=play.stage(*place).pk, by=play.people[who], at=at)
