"""Titles, feeds and terms in the admin."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from inkstand.titles.models import Feed, Publisher, Terms, Title

# Signs of an address in a list.
SHOWN = 36


def address(feed: Feed) -> SafeString:
    """Cut, so that a list keeps to the window: the whole of it is on the feed's own page."""
    return format_html('<span title="{}">{}</span>', feed.url, Truncator(feed.url.partition("://")[2]).chars(SHOWN))


class FeedInline(admin.TabularInline):
    model = Feed
    extra = 1
    fields = ["url", "section", "is_front", "retired_at"]


class TermsInline(admin.StackedInline):
    model = Terms


class TitleInline(admin.TabularInline):
    model = Title
    extra = 0
    fields = ["name", "slug", "home", "country", "language"]
    show_change_link = True


@admin.register(Publisher)
class PublisherAdmin(admin.ModelAdmin):
    list_display = ["name", "country", "home"]
    search_fields = ["name"]
    inlines = [TitleInline]


@admin.register(Title)
class TitleAdmin(admin.ModelAdmin):
    list_display = ["name", "country", "language", "section", "funding"]
    list_filter = ["funding", "language", "country"]
    search_fields = ["name", "home"]
    autocomplete_fields = ["publisher"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [TermsInline, FeedInline]


@admin.register(Terms)
class TermsAdmin(admin.ModelAdmin):
    list_display = ["title", "readable", "keep", "embargo_minutes", "expires_days"]
    list_filter = ["readable", "keep"]
    autocomplete_fields = ["title"]


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):
    list_display = ["title", "address", "section", "retired_at"]
    list_filter = ["is_front", "section"]
    list_select_related = ["title"]
    search_fields = ["url", "title__name"]
    autocomplete_fields = ["title"]

    @admin.display(ordering="url")
    def address(self, feed: Feed) -> SafeString:
        return address(feed)
