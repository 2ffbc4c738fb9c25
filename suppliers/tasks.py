"""Jobs of the supplier's desk."""

from celery import shared_task

from accounts import clock
from accounts.models import User
from suppliers.commands.delete_removed_files import delete_removed_files
from suppliers.queries.hours import hours_to_learn
from tenders.commands.keep_hours_taken import keep_hours_taken


@shared_task(name="suppliers.tasks.delete_removed_files")
def delete_files(**_: object) -> None:
    """Every minute: delete sealed files that nobody has a key to. Safe to run twice at once; decides nothing."""
    delete_removed_files(by=User.clock(), at=clock.now())


@shared_task(name="suppliers.tasks.learn_hours")
def learn_hours(**_: object) -> None:
    """Every hour: tell the buyer's desk how many hours ended tenders took. Safe to run twice at once; decides nothing."""
    for stage, hours in hours_to_learn():
        keep_hours_taken(stage_id=stage, hours=hours, by=User.clock(), at=clock.now())
