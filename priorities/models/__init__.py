"""The areas that the authority works in, and its commitments in each."""

from priorities.models.commitment import (
    CommitmentPage,
    published_commitments,
    readable_commitments,
)
from priorities.models.commitment_parts import CommitmentArticle, Evidence, Measurement, Stage
from priorities.models.index import PriorityIndexPage
from priorities.models.priority import PriorityPage, published_areas

__all__ = [
    "CommitmentArticle",
    "CommitmentPage",
    "Evidence",
    "Measurement",
    "PriorityIndexPage",
    "PriorityPage",
    "Stage",
    "published_areas",
    "published_commitments",
    "readable_commitments",
]
