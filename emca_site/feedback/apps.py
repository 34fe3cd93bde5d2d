from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "emca_site.feedback"
    label = "feedback"
