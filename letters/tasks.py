"""Jobs of the mail room: each reads first, works outside the transaction, and bears being run twice."""

import logging
import smtplib

from celery import shared_task

from accounts import clock
from accounts.models import User
from letters import mail, pdf, queries
from letters.commands.claim_letter import claim_letter
from letters.commands.claim_mail import claim_mail
from letters.commands.file_letter import file_letter
from letters.commands.give_back_letter import give_back_letter
from letters.commands.mark_mail import mark_mail
from letters.commands.release_batch import release_batch
from letters.models import LetterFile

log = logging.getLogger(__name__)

AT_MOST = 200


@shared_task(name="letters.tasks.render_letters")
def render_letters(**_: object) -> None:
    """Every ten seconds: make the files that wait: PDFs, or web pages where there is no Pango, and readiness says so."""
    if not queries.letters_to_make(at=clock.now()).exists():
        return
    kind = LetterFile.Kind.PDF if pdf.available() else LetterFile.Kind.HTML
    for _turn in range(AT_MOST):
        letter = claim_letter(by=User.clock(), at=clock.now())
        if letter is None:
            return
        try:
            content = pdf.render_pdf(letter.body) if kind == LetterFile.Kind.PDF else letter.body.encode()
        except Exception as fault:
            log.exception("letter %s could not be made", letter.pk)
            give_back_letter(letter_id=letter.pk, why=type(fault).__name__, by=User.clock(), at=clock.now())
        else:
            file_letter(letter_id=letter.pk, content=content, kind=kind, by=User.clock(), at=clock.now())


@shared_task(name="letters.tasks.release_batches")
def release_batches(**_: object) -> None:
    """Every ten seconds: release the batches in which every letter is made."""
    for batch in queries.batches_to_release():
        release_batch(batch_id=batch.pk, by=User.clock(), at=clock.now())


@shared_task(name="letters.tasks.mail_letters")
def mail_letters(**_: object) -> None:
    """Every ten seconds: mail what is released, claim first; what was claimed and never marked goes to a person."""
    for lost in queries.mails_unmarked(at=clock.now()):
        mark_mail(letter_id=lost.pk, sent=False, by=User.clock(), at=clock.now())
    if not queries.letters_to_mail().exists():
        return
    for _turn in range(AT_MOST):
        letter = claim_mail(by=User.clock(), at=clock.now())
        if letter is None:
            return
        try:
            mail.send(letter)
        except (smtplib.SMTPException, OSError):
            log.exception("mail of letter %s is unclear", letter.pk)
            mark_mail(letter_id=letter.pk, sent=False, by=User.clock(), at=clock.now())
        else:
            mark_mail(letter_id=letter.pk, sent=True, by=User.clock(), at=clock.now())
