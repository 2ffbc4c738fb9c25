"""Counties (NUTS 3, 2024), Nav's directorate and 12 county units, the clock, and the table of the log-in counters.

Sources: Eurostat NUTS 2024; Nav's list of county units. Unit numbers are there only where they are verified.
"""

import json
from pathlib import Path

from django.core.management import call_command
from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
CLOCK_ID = "00000000-0000-4000-8000-00000000c10c"


def add(apps, schema_editor):
    County, Unit, User = (apps.get_model("accounts", name) for name in ("County", "Unit", "User"))
    counties = json.loads((DATA / "counties.json").read_text(encoding="utf-8"))
    County.objects.bulk_create(County(code=code, name=name) for code, name in counties.items())
    directorate = None
    for row in json.loads((DATA / "units.json").read_text(encoding="utf-8")):
        unit = Unit.objects.create(kind=row["kind"], name=row["name"], number=row["number"], parent=directorate)
        unit.counties.set(row["counties"])
        directorate = directorate or unit
    User.objects.create(id=CLOCK_ID, email="clock@nyvei.invalid", name="Nyvei", is_active=False, password="!")


def add_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
        migrations.RunPython(add_cache_table, migrations.RunPython.noop),
    ]
