from home.models.accessibility import AccessibilityStatementPage, KnownIssue
from home.models.home_page import HomePage
from home.models.loaded_item import LoadedItem
from home.models.standard_page import StandardPage

__all__ = [
    "AccessibilityStatementPage",
    "HomePage",
    "KnownIssue",
    "LoadedItem",
    "StandardPage",
]
