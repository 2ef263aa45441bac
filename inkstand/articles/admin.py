"""Articles in the admin: everything is shown, the notice and the withdrawal are the editor's. What a publisher said
is never edited here: a revision is what was published."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inkstand.articles.models import Article, Revision
from inkstand.kit import clock


class RevisionInline(admin.TabularInline):
    model = Revision
    extra = 0
    can_delete = False
    fields = ["number", "headline", "standfirst", "byline", "updated_at", "received_at"]
    readonly_fields = ["number", "headline", "standfirst", "byline", "updated_at", "received_at"]

    def has_add_permission(self, *_: Any) -> bool:
        return False


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ["headline", "title", "section", "published_at", "withdrawn_at"]
    list_filter = ["section", "language", "withdrawn_at"]
    list_select_related = ["title", "current"]
    search_fields = ["current__headline", "url"]
    date_hierarchy = "published_at"
    show_full_result_count = False
    fields = [
        "headline",
        "title",
        "original",
        "section",
        "language",
        "published_at",
        "received_at",
        "withdrawn_at",
        "notice",
    ]
    readonly_fields = ["headline", "title", "original", "section", "language", "published_at", "received_at"]
    inlines = [RevisionInline]
    actions = ["withdraw", "put_back"]

    def has_add_permission(self, *_: Any) -> bool:
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        return False

    def view_on_site(self, article: Article) -> str:
        return reverse("article", args=[article.pk])

    def headline(self, article: Article) -> str:
        return str(article)

    def original(self, article: Article) -> SafeString:
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', article.url)

    @admin.action(description="Withdraw: out of every list, the page says so")
    def withdraw(self, request: object, articles: QuerySet[Article]) -> None:
        articles.update(withdrawn_at=clock.now())

    @admin.action(description="Put back into the paper")
    def put_back(self, request: object, articles: QuerySet[Article]) -> None:
        articles.update(withdrawn_at=None)
