"""On PostgreSQL a phase can't change without a line in the journal in the same transaction."""

from django.db import migrations

TABLES = ["suppliers_submission", "suppliers_prequalification"]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(
                f"CREATE CONSTRAINT TRIGGER phase_is_journalled AFTER UPDATE OF phase ON {table} "
                "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION nyvei_phase_is_journalled()"
            )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER phase_is_journalled ON {table}")


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0001_initial"), ("accounts", "0003_journal_only_grows")]

    operations = [migrations.RunPython(forwards, backwards)]
