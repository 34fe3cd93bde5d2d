from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    name = "emca_site.publishing.approval"
    label = "approval"
