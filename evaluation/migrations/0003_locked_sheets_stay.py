"""On PostgreSQL the scores of a locked or void sheet can't change, whichever way somebody tries."""

from django.db import migrations

TRIGGER = """
CREATE FUNCTION nyvei_locked_sheets_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet uuid;
    shut boolean;
BEGIN
    FOREACH sheet IN ARRAY ARRAY[
        CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.sheet_id END, CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.sheet_id END
    ] LOOP
        IF sheet IS NOT NULL THEN
            -- the parent first, so that a lock under way is waited for
            SELECT locked_at IS NOT NULL OR voided_at IS NOT NULL INTO shut FROM evaluation_scoresheet WHERE id = sheet FOR SHARE;
            IF shut THEN
                RAISE EXCEPTION 'locked_sheets_stay: % in sheet %', TG_OP, sheet;
            END IF;
        END IF;
    END LOOP;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER locked_sheets_stay BEFORE INSERT OR UPDATE OR DELETE ON evaluation_score
    FOR EACH ROW EXECUTE FUNCTION nyvei_locked_sheets_stay();
"""
UNDO = "DROP TRIGGER locked_sheets_stay ON evaluation_score; DROP FUNCTION nyvei_locked_sheets_stay();"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TRIGGER, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(UNDO, params=None)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_panel_scores_selection")]

    operations = [migrations.RunPython(forwards, backwards)]
