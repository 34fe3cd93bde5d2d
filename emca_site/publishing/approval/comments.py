"""Comments on a draft: who follows them, and descriptions of what changed."""

from collections.abc import Iterator

from wagtail.models import PageSubscription
from wagtail.users.models import UserProfile

Changes = dict[str, list]  # the format of Wagtail's edit view


def who_follows(page, changes: Changes) -> list:
    """Return who follows the page or wrote in a changed thread, without those who want no mail."""
    followers = PageSubscription.objects.filter(page=page, comment_notifications=True)
    people = [each.user for each in followers.select_related("user")]
    threads = [*changes["resolved_comments"], *(thread for thread, _ in changes["new_replies"])]
    for thread in threads:
        people += [thread.user, *(reply.user for reply in thread.replies.all())]
    return [
        person
        for person in set(people)
        if UserProfile.get_for_user(person).updated_comments_notifications
    ]


def in_words(changes: Changes) -> Iterator[str]:
    """Yield a line for each change that followers should read about."""
    for what in ("new", "resolved", "deleted"):
        for comment in changes[f"{what}_comments"]:
            yield f"{what.capitalize()}: “{comment.text}”"
    for comment, replies in changes["new_replies"]:
        for reply in replies:
            yield f"Answer to “{comment.text}”: “{reply.text}”"
