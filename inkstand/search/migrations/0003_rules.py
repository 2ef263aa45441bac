from django.db import migrations, models

KNOWN = """
INSERT INTO search_rules SELECT substr(word, 8) FROM ts_stat('SELECT words FROM search_entry') WHERE word LIKE '=rules:%'
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
    ]
