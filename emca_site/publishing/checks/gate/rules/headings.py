from emca_site.publishing.checks.gate.pieces import Heading
from emca_site.publishing.checks.gate.rules.rule import refuses


@refuses(Heading)
def heading_is_empty(heading, reading):
    if not heading.text:
        yield "This heading is empty. Write it, or take it out."


@refuses(Heading)
def heading_skips_a_level(heading, reading):
    """Refuse a skipped level: users of screen readers navigate by headings and would miss it."""
    if heading.text and heading.level and heading.level > heading.level_before + 1:
        yield (
            f"The heading “{heading.text}” is one level too low: no larger heading stands above "
            f"it. Make it heading {heading.level_before + 1}."
        )
