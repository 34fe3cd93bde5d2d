from django.db import models
from django.db.models import F, Q
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from emca_site.core.models import LinkMixin
from emca_site.councils.models.council import Council
from emca_site.councils.models.who import IN_A_CITY, IN_A_DISTRICT, Who
from emca_site.publishing.saving.record_forms import RecordForm


def _choices(some: list[Who]) -> list[tuple[str, str]]:
    return [(who.value, who.label) for who in some]


def _in_charge(some: list[Who]) -> models.CharField:
    return models.CharField("who is in charge", max_length=10, choices=_choices(some))


def _helper(some: list[Who]) -> models.CharField:
    return models.CharField(
        "who helps",
        max_length=10,
        choices=_choices(some),
        blank=True,
        help_text="Only where a second one has a part.",
    )


def _sentence() -> models.CharField:
    return models.CharField(
        "in one sentence", max_length=150, help_text="Such as “Your city council mends roads.”"
    )


class TopicQuerySet(models.QuerySet):
    def with_everything(self):
        """Fetch all that an answer needs, in two statements."""
        return (
            self.select_related("area", "link_page")
            .defer("area__body")
            .prefetch_related(models.Prefetch("note_councils", Council.objects.only("pk")))
        )


class Topic(LinkMixin, Orderable, index.Indexed):
    """A subject that residents ask about, and who is responsible for it.

    A council is of one of two kinds, and each topic has an answer for both. So every topic has an
    answer for every council, including one that is added later.
    """

    name = models.CharField(
        max_length=100,
        unique=True,
        help_text="As a resident would say it, such as “A pothole or a damaged local road”.",
    )
    slug = models.SlugField(
        "short name",
        max_length=60,
        unique=True,
        help_text="Part of web addresses that people share, such as potholes. Leave it as it is.",
    )
    words = models.CharField(
        "other words for it",
        max_length=200,
        blank=True,
        help_text="Between commas, such as “pothole, road repair”. They lead to this topic too.",
    )
    area = models.ForeignKey(
        "priorities.PriorityPage",
        verbose_name="priority area",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Where it stands in lists. Without one it stands under “Other things”.",
    )

    city_who = _in_charge(IN_A_CITY)
    city_helper = _helper(IN_A_CITY)
    city_sentence = _sentence()
    district_who = _in_charge(IN_A_DISTRICT)
    district_helper = _helper(IN_A_DISTRICT)
    district_sentence = _sentence()

    our_part = models.CharField(
        max_length=150, help_text="What this authority does, or “We have no part in this.”"
    )
    note = models.CharField(
        max_length=150,
        blank=True,
        help_text="Such as an exception: “Some lights belong to a parish.”",
    )
    note_councils = models.ManyToManyField(
        Council,
        verbose_name="the note is true in",
        blank=True,
        related_name="+",
        help_text="Tick none if it is true everywhere.",
    )

    objects = TopicQuerySet.as_manager()

    base_form_class = RecordForm

    panels = [
        MultiFieldPanel(
            ["name", FieldRowPanel(["slug", "area"]), "words"], heading="What people ask about"
        ),
        MultiFieldPanel(
            [FieldRowPanel(["city_who", "city_helper"]), "city_sentence"],
            heading="In a city, which has one council",
        ),
        MultiFieldPanel(
            [FieldRowPanel(["district_who", "district_helper"]), "district_sentence"],
            heading="In a district or borough, which has two councils",
        ),
        MultiFieldPanel(
            ["link_text", FieldRowPanel(["link_page", "link_url"])],
            heading="Where to go",
            help_text="The button below the answer. Without one it leads to the council in charge.",
        ),
        MultiFieldPanel(
            ["our_part", "note", FieldPanel("note_councils", widget=CheckboxSelectMultiple)],
            heading="Good to know",
        ),
    ]

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("words"),
    ]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(city_who__in=IN_A_CITY)
                & Q(city_helper__in=["", *IN_A_CITY])
                & ~Q(city_helper=F("city_who"))
                & ~Q(city_sentence=""),
                name="topic_answers_in_a_city",
                violation_error_message="Say who does it in a city: one in charge, at most one "
                "other who helps, and a sentence.",
            ),
            models.CheckConstraint(
                condition=Q(district_who__in=IN_A_DISTRICT)
                & Q(district_helper__in=["", *IN_A_DISTRICT])
                & ~Q(district_helper=F("district_who"))
                & ~Q(district_sentence=""),
                name="topic_answers_in_a_district",
                violation_error_message="Say who does it in a district or borough: one in charge, "
                "at most one other who helps, and a sentence.",
            ),
            models.CheckConstraint(condition=~Q(our_part=""), name="topic_says_our_part"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("who_does_what", query={"topic": self.slug})

    @property
    def is_same_everywhere(self) -> bool:
        in_a_city = (self.city_who, self.city_helper, self.city_sentence)
        return in_a_city == (self.district_who, self.district_helper, self.district_sentence)

    @property
    def note_everywhere(self) -> str:
        return "" if self._note_places else self.note

    @property
    def _note_places(self) -> set[int]:
        return {council.pk for council in self.note_councils.all()}

    def is_called(self, words: str) -> bool:
        """Whether these words are a name of the topic."""
        names = [self.slug, self.name, *self.words.split(",")]
        return words.strip().casefold() in (name.strip().casefold() for name in names)

    def note_for(self, council: Council) -> str:
        places = self._note_places
        return self.note if not places or council.pk in places else ""
