"""Puts what the gate refuses onto a form of the desk, each message where the editor mends it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.text import capfirst
from wagtail.blocks import StreamValue

from emca_site.publishing.checks.gate.finding import Finding, refusals
from emca_site.publishing.saving.block_errors import with_message

# Where the form itself found something at the same place, it has said as much already.
SAID_BY_FORMS = {"missing", "picture_without_decision"}


def add_errors(form: BaseForm, findings: Iterable[Finding]) -> None:
    """Add every refusal to a form that was validated. Once more changes nothing.

    Look at the form's own instance after `form.save(commit=False)`: not before are the children
    in it that were posted, nor is a body that the form itself refused.
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
    elif path and isinstance(value := form[name].value(), StreamValue):  # as it was posted
        _add_to_stream(form, name, value, finding, path)
    else:
        _add_plain(form, name, finding.message, finding)


def _child_form(form, relation: str, number: int):
    """The form of one child. Forms stand as they were posted, children as they were ordered."""
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
    except (IndexError, KeyError):  # what was judged has a block that was not posted
        message = f"{finding.place}: {finding.message}"
        merged = with_message(errors, block, value, (), message, yields)
    form.errors.pop(name, None)  # the widget draws the first error alone, so there is only one
    form.add_error(name, merged)
