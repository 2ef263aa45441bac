"""What rooms share of their tables at the desk."""

from typing import Any


class LookedAt:
    """Rows that nobody adds, changes or deletes by hand: they follow from deeds, and often the database guards them."""

    def has_add_permission(self, request: Any, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: object = None) -> bool:
        return False
