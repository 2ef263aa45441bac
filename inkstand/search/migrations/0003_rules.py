from django.db import migrations, models

KNOWN = """
INSERT INTO search_rules SELECT substr(word, 8) FROM ts_stat('SELECT words FROM search_entry') WHERE word LIKE '=rules:%'
"""
# To find is to look at many rows and at few of their words: these are kept apart, so that the rows stay in memory.
APART = """
ALTER TABLE search_entry SET (toast_tuple_target = 128);
ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTERNAL;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_topics")]

    operations = [
        migrations.CreateModel(
            name="Rules",
            fields=[("rules", models.CharField(max_length=20, primary_key=True, serialize=False))],
            options={"verbose_name_plural": "rules"},
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(APART, migrations.RunSQL.noop),
    ]
