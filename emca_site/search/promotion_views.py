from wagtail.contrib.search_promotions.views import EditView


class EditPromotionsView(EditView):
    """Wagtail's form for the promoted results of a term."""

    def save_searchpicks(self, query, new_query):
        # Wagtail moves promotions to a new term with one UPDATE, which sends no signal, but signals
        # record immediate changes. Saved with the new term here, none are left to move.
        self.searchpicks_formset.instance = new_query
        for form in self.searchpicks_formset.forms:
            form.instance.query = new_query
        super().save_searchpicks(query, new_query)
