"""The life of a letter. The letter is the row in the portal; the e-mail only says that it is there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, Steps


class LetterPhase(models.TextChoices):
    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waiting to be made")
    CLAIMED = "claimed", _("Being made")
    RENDERED = "rendered", _("Ready")
    RELEASED = "released", _("Released")
    STUCK = "stuck", _("Needs a person")


class MailState(models.TextChoices):
    """Claimed first, so that a mail never goes twice; one that was claimed and not marked goes to a person."""

    NONE = "none", _("Not sent")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    UNCLEAR = "unclear", _("Unclear whether it was sent")


LETTER_STEPS: Steps = {
    (LetterPhase.DRAFT, LetterPhase.WAITING): (Role.APPROVER, "letters.freeze_batch"),
    (LetterPhase.DRAFT, LetterPhase.RELEASED): (Role.CLOCK, "letters.send_notices"),
    (LetterPhase.WAITING, LetterPhase.CLAIMED): (Role.CLOCK, "letters.claim_letter"),
    (LetterPhase.CLAIMED, LetterPhase.WAITING): (Role.CLOCK, "letters.give_back_letter"),
    (LetterPhase.CLAIMED, LetterPhase.STUCK): (Role.CLOCK, "letters.give_back_letter"),
    (LetterPhase.CLAIMED, LetterPhase.RENDERED): (Role.CLOCK, "letters.file_letter"),
    (LetterPhase.STUCK, LetterPhase.WAITING): (Role.OFFICER, "letters.retry_letter"),
    (LetterPhase.RENDERED, LetterPhase.RELEASED): (Role.CLOCK, "letters.release_batch"),
}
LETTER_FINAL = {LetterPhase.RELEASED}
