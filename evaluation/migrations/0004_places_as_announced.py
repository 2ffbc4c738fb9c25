"""On PostgreSQL a stage can't get more places than were announced, whichever way somebody tries."""

from django.db import migrations

TRIGGER = """
CREATE FUNCTION nyvei_places_as_announced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    announced integer;
BEGIN
    SELECT selects INTO announced FROM tenders_stage WHERE id = NEW.stage_id FOR SHARE;
    IF NEW.no > announced THEN
        RAISE EXCEPTION 'places_as_announced: place % of %', NEW.no, announced USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER places_as_announced BEFORE INSERT OR UPDATE OF no, stage_id ON evaluation_selectionplace
    FOR EACH ROW EXECUTE FUNCTION nyvei_places_as_announced();
"""
UNDO = "DROP TRIGGER places_as_announced ON evaluation_selectionplace; DROP FUNCTION nyvei_places_as_announced();"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TRIGGER, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(UNDO, params=None)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0003_locked_sheets_stay"), ("tenders", "0003_later_phases")]

    operations = [migrations.RunPython(forwards, backwards)]
