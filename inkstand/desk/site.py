"""The desk itself: Django's admin in the paper's words."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models.base import ModelBase

from inkstand.desk.index import in_order

# Tables of the libraries we stand on: nothing of an editor's, and secrets among them.
_LIBRARIES = {"mfa", "procrastinate", "socialaccount", "usersessions"}


class Desk(AdminSite):
    site_header = site_title = "The desk"
    index_title = "What would you like to do?"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        several = model_or_iterable if isinstance(model_or_iterable, Iterable) else [model_or_iterable]
        ours = [model for model in several if not _is_of_a_library(model)]
        super().register(ours, admin_class, **options)

    def get_app_list(self, request: Any, app_label: str | None = None) -> list[Any]:
        found = super().get_app_list(request, app_label)
        return found if app_label else in_order(found)


def _is_of_a_library(model: ModelBase) -> bool:
    return model._meta.app_label in _LIBRARIES  # type: ignore[attr-defined]
