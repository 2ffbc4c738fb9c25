"""On PostgreSQL the database itself refuses to change or delete a line of the journal."""

from django.db import migrations

TRIGGER = """
CREATE FUNCTION nyvei_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal_only_grows: % on %', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE ON accounts_journalentry
    FOR EACH ROW EXECUTE FUNCTION nyvei_only_grows();
ALTER TABLE accounts_journalentry ADD COLUMN transaction_id bigint NOT NULL DEFAULT txid_current();
CREATE INDEX journal_transaction ON accounts_journalentry (transaction_id);
CREATE FUNCTION nyvei_phase_is_journalled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.phase IS DISTINCT FROM OLD.phase AND NOT EXISTS (
        SELECT 1 FROM accounts_journalentry
        WHERE transaction_id = txid_current() AND about::text LIKE '%' || NEW.id::text || '%'
    ) THEN
        RAISE EXCEPTION 'phase_is_journalled: % % changed phase without a line in the journal', TG_TABLE_NAME, NEW.id;
    END IF;
    RETURN NULL;
END $$;
"""
UNDO = """
DROP TRIGGER journal_only_grows ON accounts_journalentry;
DROP FUNCTION nyvei_phase_is_journalled();
DROP FUNCTION nyvei_only_grows();
ALTER TABLE accounts_journalentry DROP COLUMN transaction_id;
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TRIGGER, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(UNDO, params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_ground_data")]

    operations = [migrations.RunPython(forwards, backwards)]
