"""What no line of Python may break: an edition stays as it was made. It may go with its reader."""

from django.db import migrations

STAYS = """
CREATE FUNCTION editions_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'edition % stays as it was made', OLD.id USING ERRCODE = '23514';
END $$;
CREATE TRIGGER editions_stays BEFORE UPDATE ON editions_edition FOR EACH ROW EXECUTE FUNCTION editions_stays();
"""
GOES = "DROP TRIGGER editions_stays ON editions_edition; DROP FUNCTION editions_stays();"


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_editions")]
    operations = [migrations.RunSQL(STAYS, GOES)]
