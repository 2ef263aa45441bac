from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "inkstand.reading"
    default_auto_field = "django.db.models.BigAutoField"
