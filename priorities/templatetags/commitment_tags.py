from collections import Counter

from django import template

from emca_site.progress.statuses import Status
from emca_site.text.words import counted, in_words, listed, sentence
from priorities.data import MEASUREMENTS, measured
from priorities.models import CommitmentPage, PriorityPage, published_commitments

register = template.Library()

MOST_SHOWN = 12  # on the page of an area; the list of all commitments has the rest


@register.simple_tag(takes_context=True)
def commitments_of(context, area: PriorityPage) -> list[CommitmentPage]:
    """Return the commitments of an area that are visible to readers."""
    everything = published_commitments(context.get("request"))
    return [each for each in everything if each.area.pk == area.pk]


@register.inclusion_tag("priorities/trackers.html")
def trackers(commitments: list[CommitmentPage], area: PriorityPage) -> dict:
    """Render how far each of the commitments has got."""
    return {
        "commitments": commitments[:MOST_SHOWN],
        "area": area,
        "words": how_they_stand(commitments),
        "count": len(commitments),
    }


@register.simple_tag
def size_of_numbers(commitment: CommitmentPage) -> int:
    """Return the size in bytes of the CSV of its measurements."""
    return MEASUREMENTS.csv_size(measured([commitment]))


def how_they_stand(commitments: list[CommitmentPage]) -> str:
    """Return “Eight commitments: seven are committed and one is delivered.”"""
    counts = Counter(each.status for each in commitments)
    parts = [
        f"{in_words(counts[status])} {'is' if counts[status] == 1 else 'are'} {status.noun}"
        for status in Status
        if counts[status]
    ]
    return f"{sentence(counted(len(commitments), 'commitment'))}: {listed(parts)}."
