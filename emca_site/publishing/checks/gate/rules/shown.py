from emca_site.publishing.checks.gate.pieces import Shown
from emca_site.publishing.checks.gate.rules.rule import refuses
from emca_site.publishing.lifecycle.models.published import is_readable


@refuses(Shown)
def shows_what_is_gone(shown, reading):
    if shown.obj is None:
        yield f"A {shown.name} that stands here is gone. Choose another."


@refuses(Shown)
def shows_what_is_not_public(shown, reading):
    """Refuse to show a draft. The message does not name it, as not everybody may see it."""
    if hasattr(shown.obj, "live") and not is_readable(shown.obj):
        yield (
            f"A {shown.name} that stands here is not published, so readers would not see it. "
            "Publish it first, or take it out."
        )
