from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AppConfig):
    name = "inkstand.desk"
    default_auto_field = "django.db.models.BigAutoField"


class SiteConfig(AdminConfig):
    """Django's admin, opened at the desk."""

    default_site = "inkstand.desk.site.Desk"
