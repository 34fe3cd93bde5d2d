"""Descriptions of this site's actions in Wagtail's log."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.utils.timestamps import parse_datetime_localized

from emca_site.publishing.scheduling.scheduler import ENDED, PUBLISHED
from emca_site.publishing.uk_time.times import in_words

# For each action: its label in filters, its message, and the key of the entry's data shown in it.
OURS = {
    "publishing.refuse": ("Refuse", "Refused", "what"),
    "publishing.override": ("Approve past the gate", "Approved past the gate", "reason"),
    "publishing.publish_now": ("Publish with a reason", "Published with a reason", "reason"),
    "publishing.take_down_now": ("Take down with a reason", "Taken down with a reason", "reason"),
    "publishing.sign": ("Sign", "Signed", "what"),
    "publishing.propose": ("Ask", "Asked for", "what"),
    "publishing.retire": ("Retire", "Retired: {}", "what"),
    "publishing.current_again": ("Make current again", "Made current again", ""),
    "publishing.decline": ("Decline", "Declined", "what"),
    "publishing.reviewed": ("Review", "Reviewed, no change", ""),
    "publishing.kept_aside": ("Keep aside", "Kept what was typed beside the latest version", ""),
    "publishing.change_size": ("Say how big a change is", "Change said to be {}", "size"),
    "publishing.missed": ("Miss its time", "Missed its time", "reason"),
    "publishing.check_embargo": ("Check embargo", "Embargo checked", "what"),
    "publishing.fact_check_sent": ("Make a fact-check link", "Fact-check link for {}", "what"),
    "publishing.fact_check_ended": ("End a fact-check link", "Ended the link for {}", "what"),
    "publishing.fact_checked": ("Answer a fact check", "{}", "what"),
    "publishing.fact_check_read": ("Read a fact check", "Read: {}", "what"),
    "publishing.immediate_change": ("Change at once", "Changed at once", "what"),
}


class DecisionFormatter(LogFormatter):
    """Describes an action of this site, with the reason given for it."""

    def __init__(self, label: str, sentence: str, detail_key: str):
        self.label, self.sentence, self.detail_key = label, sentence, detail_key

    def format_message(self, log_entry):
        detail = log_entry.data.get(self.detail_key) or ""
        if "{}" in self.sentence:
            return self.sentence.format(detail)
        return f"{self.sentence}: {detail}" if detail else self.sentence

    def format_comment(self, log_entry):
        return log_entry.data.get("reason") or ""


def formatter(label: str, sentence: str, detail_key: str):
    """Return the formatter class of one action, which Wagtail instantiates without arguments."""

    class Formatter(DecisionFormatter):
        def __init__(self):
            super().__init__(label, sentence, detail_key)

    return Formatter


class AtItsTimeFormatter(LogFormatter):
    """Describes what the scheduler did, and by how much it was late."""

    def __init__(self, label: str, sentence: str):
        self.label, self.sentence = label, sentence

    def format_message(self, log_entry):
        minutes = (log_entry.data or {}).get("minutes_late")
        if not minutes:
            return f"{self.sentence} at its time"
        return f"{self.sentence}, late by {minutes} minute{'s' if minutes > 1 else ''}"


@hooks.register("register_log_actions", order=10)  # after Wagtail's own formatters
def say_how_late(actions):
    for action, label, sentence in (
        (PUBLISHED, "Go live at its time", "Went live"),
        (ENDED, "End at its time", "Ended"),
    ):
        actions.formatters[action] = AtItsTimeFormatter(label, sentence)


class ScheduleFormatter(LogFormatter):
    """Describes Wagtail's entries about schedules, with the time in this site's wording."""

    sentence, without_time = "", ""

    def format_message(self, log_entry):
        at = log_entry.data.get("revision", {}).get("go_live_at")
        if not at:
            return self.without_time
        return self.sentence.format(in_words(parse_datetime_localized(at)))


class ScheduledFormatter(ScheduleFormatter):
    label = "Schedule"
    sentence = "Scheduled to go live on {}, UK time"
    without_time = "Scheduled to go live"


class UnscheduledFormatter(ScheduleFormatter):
    label = "Cancel a schedule"
    sentence = "Cancelled: it does not go live on {}, UK time"
    without_time = "Its schedule was cancelled"


@hooks.register("register_log_actions", order=10)  # after Wagtail's own formatters
def say_what_was_scheduled(actions):
    # `register_action` would list each of them twice in filters.
    for action, formatter in (
        ("wagtail.publish.schedule", ScheduledFormatter()),
        ("wagtail.schedule.cancel", UnscheduledFormatter()),
    ):
        actions.formatters[action] = formatter


@hooks.register("register_log_actions")
def say_what_was_decided(actions):
    for action, words in OURS.items():
        actions.register_action(action)(formatter(*words))
