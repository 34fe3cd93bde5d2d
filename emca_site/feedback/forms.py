import re
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from emca_site.feedback.models import Feedback, ProblemReport
from emca_site.publishing.visitors.plain_text import PlainTextField

_NOT_IN_PATHS = re.compile(r"[\x00-\x20\x7f\\]")


class OwnPathField(forms.CharField):
    """An address on this site as a path. The host is removed from a full address."""

    def __init__(self, **options):
        super().__init__(max_length=500, **options)
        self.hosts: set[str] = set()

    def to_python(self, value):
        path = super().to_python(value)
        if not path:
            return path
        try:
            url = urlsplit(path)
        except ValueError:
            url = None
        if url and url.scheme in {"http", "https"} and url.netloc in self.hosts:
            path = f"{url.path or '/'}{f'?{url.query}' if url.query else ''}"
        if not path.startswith("/") or path.startswith("//") or _NOT_IN_PATHS.search(path):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return path


class ProtectedForm(forms.Form):
    """A form for visitors, with a honeypot field that only robots fill in, and a token."""

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.data.get("topic"))

    @property
    def token(self) -> str:
        return self.data.get("token", "")


class AnswerForm(ProtectedForm):
    useful = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")])


class WordsForm(ProtectedForm):
    words = PlainTextField(
        label="What could be better?",
        help_text="Do not put your name or contact details here. You do not have to answer.",
        max_length=Feedback.MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Write what could be better",
            "max_length": "Write %(limit_value)d characters or fewer. You wrote %(show_value)d",
        },
    )


class ProblemForm(ProtectedForm):
    TOOLS = ["Screen reader", "Magnifier or large text", "Voice control", "Keyboard or switch only"]

    address = OwnPathField(
        label="Which page is it?",
        help_text="If you came from a page, we filled it in.",
        required=False,
        error_messages={
            "invalid": "Enter an address on this site, such as /news/",
            "max_length": "Enter an address of 500 characters or fewer",
        },
    )
    what = PlainTextField(
        label="What went wrong?",
        help_text="Say what you were trying to do, and what happened.",
        max_length=ProblemReport.MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Tell us what went wrong",
            "max_length": "Write %(limit_value)d characters or fewer. You wrote %(show_value)d",
        },
    )
    tools = forms.MultipleChoiceField(
        label="Did you use any of these? You do not have to say",
        choices=[(tool, tool) for tool in TOOLS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Choose only from this list"},
    )
    email = forms.EmailField(
        label="Your email, if you want an answer",
        help_text="We use it only to answer you, and keep it for a year at most.",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "Enter an email address with an @, such as name@example.org",
            "max_length": "Enter an email address of 254 characters or fewer",
        },
    )

    def __init__(self, *args, hosts: set[str], **options):
        super().__init__(*args, **options)
        self.fields["address"].hosts = hosts

    @classmethod
    def for_page(cls, address: str, hosts: set[str]) -> "ProblemForm":
        """Return an empty form about a page, if that is an address of this site."""
        form = cls(hosts=hosts)
        try:
            form.initial["address"] = form.fields["address"].clean(address)
        except ValidationError:
            form.initial["address"] = ""
        return form
