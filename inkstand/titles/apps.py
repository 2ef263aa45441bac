from django.apps import AppConfig


class TitlesConfig(AppConfig):
    name = "inkstand.titles"
    default_auto_field = "django.db.models.BigAutoField"
