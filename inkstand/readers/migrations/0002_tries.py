from django.db import migrations


class Migration(migrations.Migration):
    """Where Django's database cache counts tries. Not logged: after a crash everyone may try anew."""

    dependencies = [("readers", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE readers_tries (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX readers_tries_expires ON readers_tries (expires);
            """,
            "DROP TABLE readers_tries",
        )
    ]
