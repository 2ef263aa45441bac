"""For tests that commit what they book: their tables are emptied afterwards, which the ledger itself refuses."""

from django.apps import apps
from django.db import connection


def wipe() -> None:
    """Wants a superuser of the database, as tests have: no one else may put the guards to sleep."""
    tables = ", ".join(model._meta.db_table for model in apps.get_app_config("royalties").get_models())
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")
