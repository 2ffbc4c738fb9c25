"""Jobs of the front door."""

from celery import shared_task

from accounts import clock
from accounts.commands.anchor_journal import anchor_journal
from accounts.models import User


@shared_task(name="accounts.tasks.anchor_journal")
def anchor_journal_daily(**_: object) -> None:
    """Every ten minutes: make today's anchor when it is missing. Safe to run twice at once; decides nothing."""
    anchor_journal(by=User.clock(), at=clock.now())
