"""Letters, as sentences."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts import queries as people
from accounts.models import User
from letters.models import Letter, LetterBatch
from letters.phases import LetterPhase, MailState

CLAIM_LAPSES_AFTER = timedelta(minutes=5)
TRIES = 3


def own_letters(user: User) -> QuerySet[Letter]:
    """Released letters to the person, or to an organisation the person acts for. Newest first."""
    mine = Q(user=user) | Q(organisation__in=people.own_organisations(user))
    return Letter.objects.filter(mine, released_at__isnull=False).select_related("batch", "organisation").order_by("-released_at", "pk")


def letters_to_make(*, at: datetime) -> QuerySet[Letter]:
    """Waiting, or claimed by a worker that has not come back."""
    lapsed = Q(phase=LetterPhase.CLAIMED, claimed_at__lt=at - CLAIM_LAPSES_AFTER)
    return Letter.objects.filter(Q(phase=LetterPhase.WAITING) | lapsed).order_by("batch__created_at", "pk")


def batches_to_release() -> QuerySet[LetterBatch]:
    """Approved, and every letter is made."""
    unready = Letter.objects.exclude(phase=LetterPhase.RENDERED).values("batch")
    return LetterBatch.objects.filter(approved_at__isnull=False, released_at=None).exclude(pk__in=unready).order_by("created_at")


def letters_to_mail() -> QuerySet[Letter]:
    return Letter.objects.filter(released_at__isnull=False, mail=MailState.NONE).order_by("released_at", "pk")


def mails_unmarked(*, at: datetime) -> QuerySet[Letter]:
    """Claimed and never marked: nobody knows whether they went, so a person must look."""
    return Letter.objects.filter(mail=MailState.CLAIMED, mail_claimed_at__lt=at - CLAIM_LAPSES_AFTER)


def stuck_letters() -> QuerySet[Letter]:
    return Letter.objects.filter(Q(phase=LetterPhase.STUCK) | Q(mail=MailState.UNCLEAR))


def addresses_of(letter: Letter) -> list[str]:
    """Those who get the mail: the person, or everybody who acts for the organisation today."""
    if letter.organisation is not None:
        return list(people.members_of(letter.organisation).values_list("email", flat=True))
    return [letter.user.email] if letter.user is not None else []


def letters_about(about: str) -> QuerySet[Letter]:
    return Letter.objects.filter(batch__about=about).select_related("batch")
