from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "inkstand.ranking"
    default_auto_field = "django.db.models.BigAutoField"
