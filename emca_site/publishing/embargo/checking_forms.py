"""The forms of fact checks: one to make a link, and one to answer."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from emca_site.media.models import Grant
from emca_site.publishing.comparison.parts import Part
from emca_site.publishing.embargo.models import CHANGE, CORRECT, FactCheckAnswer
from emca_site.publishing.visitors.plain_text import PlainTextField


class LinkForm(forms.Form):
    """Asks who will check the draft, and until when."""

    for_whom = PlainTextField(
        label="Who is it for?",
        max_length=Grant._meta.get_field("for_whom").max_length,
        help_text="A name, or a name and a role, such as “Sam Lee, bus team”. They see it, and "
        "can change it when they answer.",
    )
    days = forms.TypedChoiceField(
        label="How long does it work?",
        choices=[(1, "1 day"), (3, "3 days"), (7, "1 week"), (14, "2 weeks")],
        initial=3,
        coerce=int,
    )

    @property
    def expires_at(self):
        return timezone.now() + timedelta(days=self.cleaned_data["days"])


class AnswerForm(forms.Form):
    """Asks for a verdict on each part of a draft, and for the checker's name."""

    VERDICTS = [(CORRECT, "Correct"), (CHANGE, "Change this")]

    name = PlainTextField(
        label="Your name and role",
        help_text="We keep it with this draft, so that we know who checked it.",
        max_length=FactCheckAnswer._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": "Enter your name",
            "max_length": "Enter a name of %(limit_value)d characters or fewer",
        },
    )

    def __init__(self, *args, parts: list[Part], **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = parts
        for number, part in enumerate(parts):
            self.fields[f"verdict-{number}"] = forms.ChoiceField(
                label=part.name,
                choices=self.VERDICTS,
                widget=forms.RadioSelect,  # no default, so that no part is confirmed unread
                error_messages={
                    "required": f"{part.name}: choose “Correct” or “Change this”",
                    "invalid_choice": f"{part.name}: choose “Correct” or “Change this”",
                },
            )
            self.fields[f"text-{number}"] = PlainTextField(
                label="What should it say, and how do you know?",
                max_length=FactCheckAnswer.MOST_CHARACTERS,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={
                    "max_length": f"{part.name}: write %(limit_value)d characters or fewer. "
                    "You wrote %(show_value)d"
                },
            )
        self.order_fields([each for each in self.fields if each != "name"])  # the name comes last

    def clean(self):
        cleaned = super().clean()
        for number, part in enumerate(self.parts):
            text = f"text-{number}"
            verdict = cleaned.get(f"verdict-{number}")
            if verdict == CORRECT:  # the text is dropped; its hidden box must not show an error
                self.errors.pop(text, None)
            elif verdict == CHANGE and not cleaned.get(text) and text not in self.errors:
                self.add_error(text, f"{part.name}: say what it should say")
        return cleaned

    @property
    def rows(self) -> list[tuple]:
        """Return (part, verdict field, text field) for each part."""
        return [
            (part, self[f"verdict-{number}"], self[f"text-{number}"])
            for number, part in enumerate(self.parts)
        ]

    @property
    def answers(self) -> list[dict]:
        """Return a valid form's answers, as dictionaries of `part`, `verdict` and `text`."""
        answers = []
        for number, part in enumerate(self.parts):
            verdict = self.cleaned_data[f"verdict-{number}"]
            text = self.cleaned_data[f"text-{number}"] if verdict == CHANGE else ""
            answers.append({"part": part.name, "verdict": verdict, "text": text})
        return answers
