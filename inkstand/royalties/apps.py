from django.apps import AppConfig


class RoyaltiesConfig(AppConfig):
    name = "inkstand.royalties"
    default_auto_field = "django.db.models.BigAutoField"
