"""The words of our own entries in Wagtail's log."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter

# Action: its name in lists and filters, and its sentence, filled from the entry's data.
ACTIONS = {
    "publishing.refuse": ("Refuse", "Refused: {reason}"),
    "publishing.override": (
        "Override the checks",
        "Approved although the checks refused: {reason}",
    ),
    "publishing.publish_now": ("Publish with a reason", "Published with a reason: {reason}"),
    "publishing.take_down_now": ("Take down with a reason", "Taken down with a reason: {reason}"),
    "publishing.sign": ("Sign", "Looked back at, and signed: {what}"),
    "publishing.propose": ("Ask", "Asked for: {what}. {reason}"),
    "publishing.decline": ("Decline", "Not done: {what}"),
    "publishing.reviewed": ("Review", "Reviewed, no change"),
    "publishing.kept_aside": ("Keep aside", "Kept a version that met a newer one"),
    "publishing.change_size": ("Correct the size of a change", "Change said to be {size}"),
    "publishing.at_once": ("Change at once", "Changed at once: {what}"),
}


class Words(dict):
    """The data of an entry. What an older entry does not say is left out."""

    def __missing__(self, key):
        return ""


@hooks.register("register_log_actions")
def register_our_actions(actions):
    for action, (label, sentence) in ACTIONS.items():
        actions.register_action(action)(_formatter(label, sentence))


def _formatter(name: str, sentence: str) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label = name

        def format_message(self, entry):
            return sentence.format_map(Words(entry.data))

    return Formatter
