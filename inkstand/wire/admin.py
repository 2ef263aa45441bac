"""How each feed is faring, in words, and a way to have it asked again."""

from django.contrib import admin
from django.db.models import QuerySet

from inkstand.kit import clock
from inkstand.wire.models import Poll

HIDDEN = ("hours", "body_hash")


@admin.register(Poll)
class PollAdmin(admin.ModelAdmin):
    list_display = ["feed", "state", "checked_at", "due_at", "read_by"]
    list_filter = ["trouble", "flagged_at", "read_by"]
    list_select_related = ["feed"]
    search_fields = ["feed__url", "feed__title__name"]
    actions = ["ask_again"]
    exclude = HIDDEN

    def get_readonly_fields(self, request: object, poll: Poll | None = None) -> list[str]:
        return [field.name for field in Poll._meta.fields if field.name not in ("due_at", *HIDDEN)]

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_delete_permission(self, request: object, poll: Poll | None = None) -> bool:
        return False

    @admin.display(description="how it fares")
    def state(self, poll: Poll) -> str:
        return poll.message or ("well" if poll.checked_at else "not asked yet")

    @admin.action(description="Ask again now")
    def ask_again(self, request: object, polls: QuerySet[Poll]) -> None:
        polls.update(due_at=clock.now(), lease_until=None)
