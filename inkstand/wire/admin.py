"""How each feed is faring, in words, and a way to have it asked again."""

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inkstand.kit import clock
from inkstand.titles.admin import address
from inkstand.wire.models import Poll

REMEMBERED = (
    *("read_by", "etag", "modified", "learned_at", "known_since", "hint_s"),
    *("hub", "topic", "lease_until", "leased_by"),
)


@admin.register(Poll)
class PollAdmin(admin.ModelAdmin):
    list_display = ["whose", "fares", "checked_at", "due_at"]
    list_filter = ["trouble", "flagged_at", "read_by"]
    list_select_related = ["feed__title"]
    search_fields = ["feed__url", "feed__title__name"]
    actions = ["ask_again"]
    fieldsets = [
        (None, {"fields": ["feed", "state", "checked_at", "changed_at", "due_at"]}),
        ("Trouble", {"fields": ["trouble", "failures", "failing_since", "flagged_at", "moved_to", "moves"]}),
        ("What the wire remembers of it", {"classes": ["collapse"], "fields": REMEMBERED}),
    ]

    def get_readonly_fields(self, request: object, poll: Poll | None = None) -> list[str]:
        return ["state", *(field.name for field in Poll._meta.fields if field.name != "due_at")]

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_delete_permission(self, request: object, poll: Poll | None = None) -> bool:
        return False

    @admin.display(description="feed", ordering="feed__title__name")
    def whose(self, poll: Poll) -> SafeString:
        return format_html("{}<br><small>{}</small>", poll.feed.title.name, address(poll.feed))

    @admin.display(description="how it fares")
    def state(self, poll: Poll) -> str:
        """Its address stands beside it already."""
        said = poll.message or ("well" if poll.checked_at else "not asked yet")
        return said.replace(poll.feed.url, "It")

    @admin.display(description="how it fares")
    def fares(self, poll: Poll) -> str:
        """What is wrong; what would mend it stands on the page of its own."""
        return self.state(poll).partition(". ")[0]

    @admin.action(description="Ask again now")
    def ask_again(self, request: object, polls: QuerySet[Poll]) -> None:
        polls.update(due_at=clock.now(), lease_until=None)
