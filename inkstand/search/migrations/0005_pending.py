import django.contrib.postgres.indexes
from django.db import migrations

NAME = "entries_words"
NOW = django.contrib.postgres.indexes.GinIndex(fastupdate=True, fields=["words"], name=NAME)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_pairs")]

    operations = [
        # An index of a million rows is not made again for the sake of an option.
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveIndex("entry", NAME), migrations.AddIndex("entry", NOW)],
            database_operations=[
                migrations.RunSQL(
                    f"ALTER INDEX {NAME} SET (fastupdate = on)", f"ALTER INDEX {NAME} SET (fastupdate = off)"
                )
            ],
        )
    ]
