"""Jobs: short sweeps that bear being run twice. Rows are the truth; beat only says when to look."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("nyvei")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

SWEEPS: dict[str, float] = {
    "letters.tasks.render_letters": 10,
    "letters.tasks.release_batches": 10,
    "letters.tasks.mail_letters": 10,
    "tenders.tasks.announce_passed_deadlines": 30,
    "evaluation.tasks.compare_opened_content": 30,
    "suppliers.tasks.delete_removed_files": 60,
    "suppliers.tasks.learn_hours": 3600,
    "tenders.tasks.delete_unneeded_files": 3600,
    "accounts.tasks.anchor_journal": 600,
}
app.conf.beat_schedule = {name: {"task": name, "schedule": seconds} for name, seconds in SWEEPS.items()}
