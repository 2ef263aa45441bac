"""The titles that come with Inkstand, as facts in TOML, one file a region; nothing here touches the database.

To correct a fact, edit the region's file; the tests beside the titles room say what an entry must have.
"""

from inkstand.titles.catalogue.read import CatalogueFeed, CatalogueTitle, Funding, catalogue, selection

__all__ = ["CatalogueFeed", "CatalogueTitle", "Funding", "catalogue", "selection"]
