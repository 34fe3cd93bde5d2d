from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from emca_site.publishing.checks.models import AvoidedPhrase


@register_snippet
class AvoidedPhraseViewSet(SnippetViewSet):
    model = AvoidedPhrase
    icon = "edit"
    menu_label = "Words to avoid"
    menu_order = 270
    add_to_admin_menu = True
    list_display = ["phrase", "use_instead", "kind", "severity"]
    list_filter = ["kind", "severity"]
