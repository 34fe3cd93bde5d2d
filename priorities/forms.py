"""The form of a commitment on the desk."""

from collections.abc import Iterable

from emca_site.progress.rules import Problem, problems_of_measurements, problems_of_stages
from emca_site.publishing.publishable.forms import SitePageForm


class CommitmentForm(SitePageForm):
    """Checks that the fields of a commitment and its child forms agree with each other."""

    def is_valid(self):
        is_valid = super().is_valid()
        # Only after all forms on the page have been validated.
        return self._children_agree() and is_valid

    def _children_agree(self) -> bool:
        if not self.is_bound or not hasattr(self, "cleaned_data"):
            return True
        measurements = self._rows("measurements")
        dates = [
            (row.cleaned_data.get("measured_on"), row.cleaned_data.get("value"))
            for row in measurements
        ]
        unit = self.cleaned_data.get("unit", self.instance.unit)
        stages = sorted(self._rows("stages"), key=lambda row: row.cleaned_data.get("ORDER") or 0)
        states = [row.cleaned_data.get("state") or row.instance.state for row in stages]
        self._say(measurements, problems_of_measurements(unit, dates))
        self._say(stages, problems_of_stages(states))
        return not any(row.errors for row in [*measurements, *stages])

    def _rows(self, name: str) -> list:
        """Return the child forms that are not to be deleted, if this formset is on the form."""
        formset = self.formsets.get(name)
        if formset is None or not formset.is_bound:
            return []
        return [
            row
            for row in formset.forms
            if hasattr(row, "cleaned_data")
            and not row.cleaned_data.get("DELETE")
            and (row.has_changed() or row.instance.pk)
        ]

    @staticmethod
    def _say(rows: list, problems: Iterable[Problem]) -> None:
        for problem in problems:
            row = rows[problem.number]
            if problem.field not in row.errors:
                row.add_error(problem.field, problem.message)
