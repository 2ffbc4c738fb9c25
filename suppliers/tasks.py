"""Jobs of the supplier's desk."""

from celery import shared_task

from accounts import clock
from accounts.models import User
from suppliers.commands.delete_removed_files import delete_removed_files


@shared_task(name="suppliers.tasks.delete_removed_files")
def delete_files(**_: object) -> None:
    """Every minute: delete sealed files that nobody has a key to. Safe to run twice at once; decides nothing."""
    delete_removed_files(by=User.clock(), at=clock.now())
