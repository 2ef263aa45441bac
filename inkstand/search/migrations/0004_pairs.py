from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0003_rules")]

    operations = [
        # Chinese and Japanese are read in as pairs of characters: these entries are read anew.
        migrations.RunSQL("UPDATE search_entry SET revision = 0 WHERE language IN ('zh', 'ja')", migrations.RunSQL.noop)
    ]
