"""Describe a version field by field in words, and compare two such descriptions."""

from emca_site.publishing.comparison.versions.differences import (
    Comparison,
    Difference,
    compare,
    read,
)
from emca_site.publishing.comparison.versions.lines import as_texts
from emca_site.publishing.comparison.versions.models import said_by
from emca_site.publishing.comparison.versions.said import Said

__all__ = ["Comparison", "Difference", "Said", "as_texts", "compare", "read", "said_by"]
