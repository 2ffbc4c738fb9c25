"""Jobs of the panel's desk."""

from celery import shared_task

from accounts import clock
from accounts.models import User
from evaluation import queries
from evaluation.commands.compare_opened_content import compare_opened_content as compare_next

ROUNDS = 100


@shared_task(name="evaluation.tasks.compare_opened_content")
def compare_opened_content(**_: object) -> None:
    """Every half minute: compare what was opened with its receipts. Safe to run twice at once; decides nothing."""
    for _round in range(ROUNDS):
        if queries.stage_to_compare() is None or not compare_next(by=User.clock(), at=clock.now()):
            return
