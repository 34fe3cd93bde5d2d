"""Wagtail's forms for the promoted results of a term."""

from django import forms
from wagtail.contrib.search_promotions.views import CreateView, EditView

from emca_site.publishing.saving.changed_meanwhile import EditRecordMixin
from emca_site.publishing.saving.creating import CreateOnceMixin

PROMOTED_BEFORE = (
    "“{}” is promoted for this term already, so nothing was saved. To change it, open the term in "
    "the list of promoted results."
)


class PromotedOnceMixin:
    """Refuses a page or address that the term promotes already, as a form sent again has."""

    def is_valid(self, form):
        if not super().is_valid(form):
            return False
        kept = self.searchpicks_formset
        promoted = [target(each) for each in kept.get_queryset()]
        doubled = [new for new in kept.extra_forms if target(new.instance) in promoted]
        for new in doubled:
            new.add_error(None, forms.ValidationError(PROMOTED_BEFORE.format(named(new.instance))))
        if doubled:
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
        return not doubled


def target(pick) -> tuple:
    return pick.page_id, pick.external_link_url


def named(pick) -> str:
    return str(pick.page or pick.external_link_text)


class CreatePromotionsView(PromotedOnceMixin, CreateOnceMixin, CreateView):
    def save_searchpicks(self, query, new_query):
        super().save_searchpicks(query, new_query)
        self.remember(new_query)


class EditPromotionsView(PromotedOnceMixin, EditRecordMixin, EditView):
    def get_lists(self):
        return [self.searchpicks_formset]

    def save_searchpicks(self, query, new_query):
        # Wagtail moves promotions to a new term with one UPDATE, which sends no signal, but signals
        # record immediate changes. Saved with the new term here, none are left to move.
        self.searchpicks_formset.instance = new_query
        for form in self.searchpicks_formset.forms:
            form.instance.query = new_query
        super().save_searchpicks(query, new_query)
