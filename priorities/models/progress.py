from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from emca_site.charts.series import NOUNS, Point, Series, Target
from emca_site.numbers.formatting import Unit, written
from emca_site.progress.statuses import NOT_STATED
from emca_site.text.words import mid_sentence, sentence
from priorities.models.commitment_parts import Evidence, Measurement, Stage

NO_FIGURE = "No figure published yet"


class ProgressMixin(models.Model):
    """How far a commitment has got, in words. Put it before `TargetMixin` among the bases."""

    progress_text = models.CharField(
        "progress in words",
        max_length=120,
        blank=True,
        help_text="Only where there is nothing to count, such as “Done on 1 February 2026”. Empty, "
        f"and without a measurement: “{NO_FIGURE}”.",
    )
    as_at_text = models.CharField(
        "as at",
        max_length=60,
        blank=True,
        help_text="How far back this goes where there is no measurement, such as “September 2025”.",
    )

    class Meta:
        abstract = True

    @property
    def measured(self) -> list[Measurement]:
        """Every measurement, oldest first, including those without a published number."""
        return sorted(self.measurements.all(), key=lambda each: each.measured_on)

    @property
    def counts(self) -> list[Measurement]:
        """The measurements that have a number."""
        return [each for each in self.measured if each.value is not None]

    @property
    def latest_count(self) -> Measurement | None:
        return next(reversed(self.counts), None)

    @property
    def next_report_is_late(self) -> bool:
        """Whether a report was due and none has come."""
        due = self.next_report_on
        latest = self.latest_count
        has_come = latest and due and latest.measured_on >= due
        return bool(due and due < timezone.localdate() and not has_come)

    @property
    def last_measured_on(self) -> date:
        """The day of the latest count; `date.min` if there is none."""
        return self.latest_count.measured_on if self.latest_count else date.min

    def counted(self, measurement: Measurement) -> str:
        """Return a measurement in words: “58 of 120 charging points in use”."""
        number = written(measurement.value, self.unit).in_text
        if self._is_part_of_target(measurement) and self.unit != Unit.PERCENT:
            number += f" of {written(self.target_number, self.unit).in_text}"
        return self._with_noun(number)

    def counted_alone(self, measurement: Measurement) -> str:
        """Return the number without the target, for stored words: they would not follow a change
        of the target."""
        return self._with_noun(written(measurement.value, self.unit).in_text)

    def _with_noun(self, number: str) -> str:
        return f"{number} {self.measure or NOUNS.get(self.unit, '')}".strip()

    def _is_part_of_target(self, measurement: Measurement) -> bool:
        """Whether the measurement is a part of the target, and not beyond it."""
        target = self.target_number
        return bool(target) and 0 <= measurement.value <= target

    @property
    def counts_to_cite(self) -> list[Measurement]:
        """The measurements whose evidence is in no table beside a chart."""
        return [] if self.is_series else [each for each in self.measured if each.evidence_shown]

    @property
    def is_series(self) -> bool:
        """Whether there is more than one day for a chart."""
        return len(self.measured) > 1 and bool(self.counts)

    @property
    def series(self) -> Series:
        """The measurements, for a chart or a bar."""
        target = self.target_number
        day = self.target_date
        return Series(
            title=sentence(self.measure or NOUNS.get(self.unit, "")) or "What was measured",
            unit=self.unit,
            points=[
                Point(
                    each.measured_on,
                    each.value,
                    each.note,
                    evidence="Evidence" if each.evidence_shown else "",
                    evidence_url=each.evidence_shown,
                )
                for each in self.measured
            ],
            target=None if target is None else Target(day and day.last_day, target),
            start=self.starts_on,
            holds=self.unit != Unit.PERCENT,
            noun=self.measure,
        )

    @property
    def progress_words(self) -> str:
        latest = self.latest_count
        return self.counted(latest) if latest else self.progress_text or NO_FIGURE

    @property
    def as_at_words(self) -> str:
        latest = self.latest_count
        if latest:
            return date_format(latest.measured_on, "j F Y")
        return self.as_at_text or NOT_STATED

    @property
    def has_missed_its_date(self) -> bool:
        """Whether the target date has passed without a result. It needs no edit to become true."""
        return bool(
            self.target_date and self.target_date.has_passed and not self.get_status().is_settled
        )

    @property
    def missed_words(self) -> str:
        """The text for readers about a date that passed without a result."""
        latest = self.latest_count
        last = f"{self.counted(latest)}, as at {self.as_at_words}" if latest else ""
        return (
            f"Target date {self.target_date} has passed. "
            f"Last reported: {last or 'no count published'}."
        )

    @property
    def evidence_shown(self) -> list[Evidence]:
        """The evidence whose link is public: a page that is not public yet stays a secret."""
        listed = sorted(self.evidence.all(), key=lambda each: each.sort_order or 0)
        return [each for each in listed if each.url]

    @property
    def first_evidence(self) -> Evidence | None:
        return next(iter(self.evidence_shown), None)

    @property
    def stage_list(self) -> list[Stage]:
        return sorted(self.stages.all(), key=lambda stage: stage.sort_order or 0)

    @property
    def stage_words(self) -> str:
        """Its present stage among all of them, in one line."""
        return in_a_line(self.stage_list)

    @property
    def present_stage(self) -> str:
        """The name of the stage that is under way, else of the last one that is done."""
        stages = self.stage_list
        now = [stage.name for stage in stages if stage.is_now]
        done = [stage.name for stage in stages if stage.is_done]
        return next(iter(now), "") or next(reversed(done), "")


def in_a_line(stages: Iterable[Stage]) -> str:
    """Return “Stage 3 of 5: contracts”, “Agreed: done. Next: under way” or “All stages done”."""
    stages = list(stages)
    for number, stage in enumerate(stages, start=1):
        if stage.is_now:
            return f"Stage {number} of {len(stages)}: {mid_sentence(stage.name)}"
    done = [stage for stage in stages if stage.is_done]
    if stages and len(done) == len(stages):
        return "All stages done"
    following = next((stage for stage in stages if not stage.is_done), None)
    words = [f"{done[-1].name}: done."] if done else []
    if following:
        words.append(f"Next: {mid_sentence(following.name)}")
    return " ".join(words)
