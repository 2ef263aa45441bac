import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                default=list,
                help_text="Slugs, the wider too.",
                size=None,
            ),
        ),
        # Every entry is read anew for its topics, and found by its words meanwhile.
        migrations.RunSQL("UPDATE search_entry SET revision = 0", migrations.RunSQL.noop),
    ]
