from emca_site.search.models.entry_words import EntryWords
from emca_site.search.models.fruitless_search import FruitlessSearch

__all__ = ["EntryWords", "FruitlessSearch"]
