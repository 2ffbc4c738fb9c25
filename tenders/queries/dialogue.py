"""Questions, those who follow, and deadlines nobody has been told of, as sentences."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import queries as people
from accounts.models import User
from accounts.number_words import number_word
from accounts.roles import Role
from accounts.work import CaseFacts, CaseLink, Waiting
from tenders.models import Assignment, Follower, Question, Stage, Tender
from tenders.phases import PUBLIC_PHASES, StagePhase, TenderPhase
from tenders.queries.market import has_been_in_dialogue, latest_dialogue_of

ANSWER_WITHIN = timedelta(days=2)


def works_with(user: User, tender: Tender) -> bool:
    """Whether the person has any task in the tender, also one whose role has ended: they know what the others don't."""
    return Assignment.objects.filter(tender=tender, user=user).exists()


def is_outside(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    """Whether the person is offered what suppliers do: not those who work with the tender, nor those who are only at Nav."""
    return not isinstance(user, User) or not (works_with(user, tender) or people.only_at_nav(user, at=at))


def answered_questions(tender: Tender) -> QuerySet[Question]:
    """What everybody sees, newest answer first."""
    return Question.objects.filter(tender=tender, answered_at__isnull=False).order_by("-answered_at", "pk")


def unanswered_questions(tender: Tender) -> QuerySet[Question]:
    """What waits for the officer, oldest first."""
    return Question.objects.filter(tender=tender, answered_at=None).order_by("asked_at", "pk")


def own_unanswered_questions(user: User, tender: Tender) -> QuerySet[Question]:
    """What the person has asked and still waits for."""
    return unanswered_questions(tender).filter(asked_by=user)


def questions_until(tender: Tender) -> datetime | None:
    """Until when an answer is promised: the cut-off of the announcement; before that the last day for input, or the end of the dialogue."""
    if tender.announced_at:
        return tender.questions_close_at
    dialogue = latest_dialogue_of(tender)
    return min(dialogue.input_until, dialogue.ended_at or dialogue.input_until) if dialogue else None


def takes_late_questions(tender: Tender, *, at: datetime) -> bool:
    """After the cut-off a question is still kept: as long as the dialogue goes on, and until the deadline that is open to all."""
    if tender.phase == TenderPhase.IN_DIALOGUE:
        return True
    return tender.stages.filter(phase=StagePhase.ANNOUNCED, entry=Stage.Entry.OPEN, closes_at__gt=at).exists()


def questions_to_answer(user: User, *, at: datetime) -> QuerySet[Question]:
    """Every question, answered or not, in the tenders where the person is officer."""
    units = people.units_with_role(user, Role.OFFICER, at=at)
    mine = Assignment.objects.filter(user=user, role=Role.OFFICER, tender__unit__in=units).values("tender")
    return Question.objects.filter(tender__in=mine)


def followers_to_tell(tender: Tender) -> QuerySet[Follower]:
    """Recipients of notices. Never shown or counted on a page before the stage is opened."""
    return Follower.objects.filter(tender=tender).select_related("organisation", "user").order_by("pk")


def own_follows(user: User, tender: Tender) -> QuerySet[Follower]:
    """The person's own row, and those of the organisations they act for."""
    return Follower.objects.filter(Q(user=user) | Q(organisation__in=people.own_organisations(user)), tender=tender)


def passed_and_untold(*, at: datetime) -> QuerySet[Stage]:
    """Stages whose deadline has passed without the clock having said so."""
    return Stage.objects.filter(phase=StagePhase.ANNOUNCED, closes_at__lte=at, deadline_told_at=None).order_by("pk")


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """Questions without an answer, one row for each tender. Those that came too late may be left unanswered, and are not asked for."""
    rows = (
        questions_to_answer(user, at=at)
        .filter(answered_at=None, late=False)
        .exclude(tender__phase=TenderPhase.SHELVED)
        .values("tender__reference", "tender__name")
        .annotate(number=Count("pk"), oldest=Min("asked_at"))
        .order_by("oldest")
    )
    return [
        Waiting(
            title=_answer_title(row["number"]),
            case=f"{row['tender__name']} · {row['tender__reference']}",
            case_url=reverse("insight:tender", args=[row["tender__reference"]]),
            why=_("We have promised an answer within two days. Everybody sees the answer at the same time."),
            button=_("Answer"),
            url=reverse("tenders:questions", args=[row["tender__reference"]]),
            due_at=row["oldest"] + ANSWER_WITHIN,
        )
        for row in rows
    ]


def _answer_title(number: int) -> str:
    return ngettext("Answer one question", "Answer %(number)s questions", number) % {"number": number_word(number)}


def facts_for(tender: Tender, user: object, *, at: datetime) -> CaseFacts:
    """The page of questions, from the market dialogue on, and from the announcement on."""
    if tender.phase not in PUBLIC_PHASES and not has_been_in_dialogue(tender):
        return CaseFacts()
    name = _("Questions") if tender.announced_at else _("Questions and comments")
    return CaseFacts(links=[CaseLink("questions", name, reverse("tenders:questions", args=[tender.reference]))])
