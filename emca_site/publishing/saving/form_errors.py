"""Add the gate's refusals to a form of the desk, each at the field or block to be corrected."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.text import capfirst
from wagtail.blocks import StreamValue

from emca_site.publishing.checks.gate.finding import Finding, refusals
from emca_site.publishing.saving.block_errors import with_message

# Findings of these rules are left out where the form itself has an error at the same place, as
# that error means the same.
SAID_BY_FORMS = {"missing", "picture_without_decision"}


def add_errors(form: BaseForm, findings: Iterable[Finding]) -> None:
    """Add every refusal to a validated form. Adding the same refusals again changes nothing.

    Find them on the form's own instance after `form.save(commit=False)`: before that it lacks the
    submitted children. It never has a body that the form itself refused.
    """
    for finding in refusals(findings):
        _add(form, finding, finding.field, finding.path)


def _add(form, finding: Finding, name: str, path: tuple) -> None:
    if name in getattr(form, "formsets", {}) and path:
        number, *below = path
        child_form = _child_form(form, name, number)
        if child_form is not None and below:
            _add(child_form, finding, below[0], tuple(below[1:]))
            return
    if name not in form.fields:
        _add_plain(form, None, f"{finding.place or capfirst(name)}: {finding.message}", finding)
    elif path and isinstance(value := form[name].value(), StreamValue):  # as submitted
        _add_to_stream(form, name, value, finding, path)
    else:
        _add_plain(form, name, finding.message, finding)


def _child_form(form, relation: str, number: int):
    """Return the form of one child, or None. Forms and children may be in different orders."""
    forms = [each for each in form.formsets[relation].forms if not _is_left_out(each)]
    children = list(getattr(form.instance, relation).all())
    if number < len(children):
        for each in forms:
            if each.instance is children[number]:
                return each
    return forms[number] if number < len(forms) else None


def _is_left_out(form) -> bool:
    is_deleted = getattr(form, "cleaned_data", {}).get("DELETE")
    return bool(is_deleted) or (form.empty_permitted and not form.has_changed())


def _add_plain(form, name: str | None, message: str, finding: Finding) -> None:
    there = form.errors.get(name or "__all__", [])
    if message in there or (there and finding.rule in SAID_BY_FORMS and name):
        return
    form.add_error(name, ValidationError(message, code="gate"))


def _add_to_stream(form, name: str, value, finding: Finding, path: tuple) -> None:
    there = form.errors.get(name)
    errors, block = there.as_data() if there else [], value.stream_block
    yields = finding.rule in SAID_BY_FORMS
    try:
        merged = with_message(errors, block, value, path, finding.message, yields)
    except (IndexError, KeyError):  # the checked object has a block that was not submitted
        message = f"{finding.place}: {finding.message}"
        merged = with_message(errors, block, value, (), message, yields)
    form.errors.pop(name, None)  # the widget renders only the first error
    form.add_error(name, merged)
