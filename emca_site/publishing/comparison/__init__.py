"""What a version says, field by field in words, and what is different in another version."""

from emca_site.publishing.comparison.differences import Comparison, Difference, compare, read
from emca_site.publishing.comparison.lines import as_texts
from emca_site.publishing.comparison.models import said_by
from emca_site.publishing.comparison.said import Said

__all__ = ["Comparison", "Difference", "Said", "as_texts", "compare", "read", "said_by"]
