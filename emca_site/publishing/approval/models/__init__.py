from emca_site.publishing.approval.models.approval import DecisionForm, SecondPersonTask
from emca_site.publishing.approval.models.proposal import Proposal

__all__ = ["DecisionForm", "Proposal", "SecondPersonTask"]
