from wagtail import hooks


@hooks.register("before_bulk_action")
def hear_who_is_made_active(request, action_type, objects, action):
    """Save the accounts one by one first: Wagtail's single UPDATE statement sends no signals."""
    if action_type == "set_active_state":
        is_active = action.cleaned_form.cleaned_data["mark_as_active"]
        for person in objects:
            person.is_active = is_active
            person.save(update_fields=["is_active"])
