from django.apps import AppConfig


class ReadersConfig(AppConfig):
    name = "inkstand.readers"
    default_auto_field = "django.db.models.BigAutoField"
