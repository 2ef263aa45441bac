"""What a reader did and wants: read, saved, followed, muted, blocked, highlighted, preferred. Theirs alone.

Refuses to touch an article's row, and to hand one reader's rows to another: `mine.of(reader)` is the only way in.

    from inkstand.reading.mine import of
    of(reader).history() | saved() | follows() | mutes() | blocks() | highlights(article) | levers() | shown()
    of(reader).preferences() -> Preferences (a row, or the defaults)   .filters() -> Filters   .marks(ids) -> Marks
    of(reader).moved() -> followed stories that moved since the reader looked   .erase()

    from inkstand.reading.carry_out import carry_out           # what a reader does: exactly once, whatever comes twice
    from inkstand.reading.actions import Action, action, parse
    carry_out(reader=reader, actions=[action("save", article=7, at=now)], now=now) -> list[Outcome]

    do      | wants                                              | undone by
    read    | article, revision (number), progress (0 to 100)    | forget (article), forget-all
    save    | article                                            | unsave
    follow  | kind (title section topic person place story search), key | unfollow
    mute    | word                                               | unmute
    block   | title (id)                                         | unblock
    highlight | key (uuid), article, revision, quote, start, end, note | unhighlight (key); note (key, note) rewrites
    more, less, never | kind (title section topic person place story), key | again undoes never
    seen    | story (the reader looked at a followed story)      |
    shown   | stories (ids that stood before the reader in For You) |

    from inkstand.reading.filters import Filters, hidden, without
    hidden(piece, filters) -> bool (pure)      without(articles, filters) -> the queryset without what is hidden
    from inkstand.reading.prefer import prefer
    prefer(reader=reader, text_size=120, only_open=True) -> Preferences
"""
