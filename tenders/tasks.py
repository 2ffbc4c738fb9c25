"""Jobs of the buyer's desk."""

from celery import shared_task

from accounts import clock
from accounts.models import User
from tenders.commands.delete_unneeded_files import delete_unneeded_files
from tenders.commands.tell_passed_deadlines import tell_passed_deadlines
from tenders.queries.dialogue import passed_and_untold


@shared_task
def announce_passed_deadlines(**_: object) -> None:
    """Every half minute: journal and tell that deadlines have passed. Safe to run twice at once; decides nothing."""
    at = clock.now()
    if passed_and_untold(at=at).exists():
        tell_passed_deadlines(by=User.clock(), at=at)


@shared_task(name="tenders.tasks.delete_unneeded_files")
def delete_files(**_: object) -> None:
    """Every hour: delete stored files that no tender needs. Safe to run twice at once; decides nothing."""
    delete_unneeded_files(by=User.clock(), at=clock.now())
