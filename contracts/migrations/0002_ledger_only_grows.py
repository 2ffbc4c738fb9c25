"""On PostgreSQL: phases are journalled, and the ledger only grows."""

from django.db import migrations

TABLES = ["contracts_contract", "contracts_paymentrequest"]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(
                f"CREATE CONSTRAINT TRIGGER phase_is_journalled AFTER UPDATE OF phase ON {table} "
                "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION nyvei_phase_is_journalled()"
            )
        schema_editor.execute(
            "CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE ON contracts_ledgerentry "
            "FOR EACH ROW EXECUTE FUNCTION nyvei_only_grows()"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER phase_is_journalled ON {table}")
        schema_editor.execute("DROP TRIGGER ledger_only_grows ON contracts_ledgerentry")


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial"), ("accounts", "0003_journal_only_grows")]

    operations = [migrations.RunPython(forwards, backwards)]
