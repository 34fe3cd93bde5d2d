from wagtail.contrib.search_promotions.views import EditView


class EditPromotionsView(EditView):
    """Wagtail's form for what is promoted for a term."""

    def save_searchpicks(self, query, new_query):
        # Wagtail moves promotions to a new term by one statement, which nobody could hear: what
        # acts at once is written down by signals. Saved with the new term, there is none to move.
        self.searchpicks_formset.instance = new_query
        for form in self.searchpicks_formset.forms:
            form.instance.query = new_query
        super().save_searchpicks(query, new_query)
