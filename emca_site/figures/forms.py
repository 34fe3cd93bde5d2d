from emca_site.publishing.publishable.schedule_form import PublishableSnippetForm


class FigureForm(PublishableSnippetForm):
    """Gives a figure without a named owner to the team that is responsible for it."""

    def clean(self):
        cleaned = super().clean()
        if "owned_by" in self.fields and not cleaned.get("owned_by"):
            area = cleaned.get("area")
            # Without an area it goes to the team of its author, who is a member of the comms staff.
            cleaned["owned_by"] = area.owned_by if area else self._own_team()
        return cleaned

    def _own_team(self):
        return self.for_user.groups.order_by("pk").first() if self.for_user else None
