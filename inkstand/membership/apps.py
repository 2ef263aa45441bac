from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "inkstand.membership"
    default_auto_field = "django.db.models.BigAutoField"
