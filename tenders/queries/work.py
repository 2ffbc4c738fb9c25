"""What the buyer's desk tells the window: what waits for whom, and how far a tender has come."""

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.local_time import oslo_day
from accounts.models import User
from accounts.number_words import number_word
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink, Progress, RoadStep, Waiting
from tenders.models import Approval, MarketDialogue, Stage, Tender
from tenders.phases import ENDED_PHASES, WRITTEN_PHASES, StagePhase, TenderPhase
from tenders.queries import amendments, dialogue, files, market, meetings
from tenders.queries.visibility import sees_draft, staff_tenders


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """What this desk waits for from the person: drafts to finish, announcements and amendments to approve, questions to answer."""
    asked = [*_drafts_to_finish(user, at), *_announcements_to_approve(user, at)]
    return [*asked, *amendments.waiting_for(user, at=at), *dialogue.waiting_for(user, at=at), *meetings.waiting_for(user, at=at)]


def _drafts_to_finish(user: User, at: datetime) -> Iterator[Waiting]:
    last = Approval.objects.filter(tender=OuterRef("pk"), what=Approval.What.ANNOUNCEMENT).order_by("-proposed_at")
    going_on = MarketDialogue.objects.filter(tender=OuterRef("pk"), ended_at=None)
    drafts = (
        staff_tenders(user, at=at)
        .filter(phase__in=WRITTEN_PHASES, assignments__user=user, assignments__role=Role.OFFICER)
        .annotate(
            returned_by=Subquery(last.values("returned_by__name")[:1]),
            returned_by_id=Subquery(last.values("returned_by")[:1]),
            reason=Subquery(last.values("return_reason")[:1]),
            input_until=Subquery(going_on.values("input_until")[:1]),
        )
        .order_by("created_at")
    )
    for tender in drafts:
        if tender.returned_by:
            title = _("Mend the announcement")
            text = _("You took it back: %(reason)s") if tender.returned_by_id == user.pk else _("%(name)s sent it back: %(reason)s")
            why = text % {"name": tender.returned_by, "reason": tender.reason}
        elif tender.phase == TenderPhase.IN_DIALOGUE:
            title, why = _("Finish the announcement"), _in_dialogue(tender.input_until, at)
        else:
            title, why = _("Finish the announcement"), _("The tender is a draft. Nobody else can see it yet.")
        yield _waiting(tender, title, why, _("Go on"))


def _in_dialogue(input_until: datetime, at: datetime) -> str:
    if at < input_until:
        return _("The market can say what it thinks until %(moment)s. Everybody sees the need as you last published it.") % {
            "moment": wording.moment(input_until)
        }
    return _("The time for input from the market has passed. Send the announcement for approval, or end the dialogue.")


def _announcements_to_approve(user: User, at: datetime) -> Iterator[Waiting]:
    proposer = Approval.objects.filter(tender=OuterRef("pk"), approved_at=None, returned_at=None).values("proposed_by__name")
    asked = (
        staff_tenders(user, at=at)
        .filter(phase=TenderPhase.AWAITING_APPROVAL, assignments__user=user, assignments__role=Role.APPROVER)
        .annotate(proposer=Subquery(proposer[:1]))
        .order_by("created_at")
    )
    for tender in asked:
        why = _("%(name)s asks you to approve it. Two people must see an announcement.") % {"name": tender.proposer}
        yield _waiting(tender, _("Approve the announcement"), why, _("Read and decide"))


def _waiting(tender: Tender, title: str, why: str, button: str) -> Waiting:
    case = f"{tender.name} · {tender.reference}"
    case_url = reverse("insight:tender", args=[tender.reference])
    return Waiting(title, case, case_url, why, button, announcement_url(tender))


def announcement_url(tender: Tender) -> str:
    return reverse("tenders:announcement", args=[tender.reference])


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """Links to this desk's pages that the person may open, and the road with its dates."""
    links = []
    staff = sees_draft(user, tender, at=at)
    if staff:
        links.append(CaseLink("announcement", _("Announcement"), announcement_url(tender)))
        links.append(CaseLink("threshold", _("Threshold check"), reverse("tenders:threshold", args=[tender.reference])))
    links += files.facts_for(tender, user, at=at).links
    # A call-off goes to those in the framework agreement, so nobody is asked
    may_ask = staff and tender.phase not in ENDED_PHASES and tender.framework_id is None
    if may_ask or market.has_asked_market(tender):
        links.append(CaseLink("market", _("Market dialogue"), market.dialogue_url(tender)))
    links += amendments.facts_for(tender, user, at=at).links
    links += dialogue.facts_for(tender, user, at=at).links
    return CaseFacts(links=links, road=list(road_of(tender, at)))


def road_of(tender: Tender, at: datetime) -> Iterator[RoadStep]:
    """The stops from draft to winner, with their dates; no further than where it ended. Asks nothing when the stages are loaded."""
    stages = list(tender.stages.all())
    if tender.announced_at:
        yield RoadStep(_("Announced"), Progress.DONE, wording.short_day(tender.announced_at))
    else:
        awaiting = tender.phase == TenderPhase.AWAITING_APPROVAL
        yield RoadStep(
            _("Market dialogue") if tender.phase == TenderPhase.IN_DIALOGUE else _("Draft"), Progress.DONE if awaiting else Progress.NOW
        )
        yield RoadStep(_("Approval and announcement"), Progress.NOW if awaiting else Progress.NEXT)
    for stage in stages:
        if stage.phase == StagePhase.CANCELLED:
            break
        yield RoadStep(stage.name, _progress_of(stage, at), _note_of(stage, at))
        if stage.phase == StagePhase.UNSELECTED:
            yield RoadStep(_("Nobody was selected"), Progress.DONE)
            return
        yield RoadStep(_chosen(stage, last=stage == stages[-1]), _progress_of_answer(stage), _answered(stage, at))
    if tender.phase == TenderPhase.CANCELLED:
        yield RoadStep(_("Cancelled"), Progress.NOW)


def _progress_of(stage: Stage, at: datetime) -> Progress:
    """What is handed in: under way until the deadline, and behind us from then on."""
    state = stage.state_at(at)
    if state == Stage.State.PLANNED:
        return Progress.NEXT
    return Progress.NOW if state in {Stage.State.WAITING, Stage.State.OPEN} else Progress.DONE


def _progress_of_answer(stage: Stage) -> Progress:
    """Under way from the opening until the stage is settled: before that the answer can still change."""
    if stage.phase == StagePhase.SETTLED:
        return Progress.DONE
    return Progress.NEXT if stage.sealed else Progress.NOW


def _answered(stage: Stage, at: datetime) -> str:
    """The day everybody has the answer by; nothing when they had it long before, as a day to come would say it is not there yet."""
    early = stage.phase == StagePhase.SETTLED and stage.answer_by is not None and stage.answer_by > oslo_day(at)
    return "" if early else _planned(stage.answer_by, at)


def _note_of(stage: Stage, at: datetime) -> str:
    if stage.closes_at:
        return _("until %(day)s") % {"day": _planned(stage.closes_at, at)}
    return _("for those who are chosen") if stage.entry == Stage.Entry.INVITED else ""


def _planned(day: date | datetime | None, at: datetime) -> str:
    """The year only when it is not this one."""
    if day is None:
        return ""
    return wording.short_day(day) if day.year == at.year else wording.short_day_with_year(day)


def _chosen(stage: Stage, *, last: bool) -> str:
    if last and not stage.pays_each:
        text = ngettext("One supplier", "%(number)s suppliers", stage.selects)
    elif last:
        text = ngettext("One winner", "%(number)s winners", stage.selects)
    else:
        text = ngettext("One finalist", "%(number)s finalists", stage.selects)
    return (text % {"number": number_word(stage.selects)}).capitalize()
