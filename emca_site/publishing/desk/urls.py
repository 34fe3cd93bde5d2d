"""URLs of this site's own publishing screens, below /admin/."""

from django.urls import path

from emca_site.publishing.approval.views.decision import DecisionView
from emca_site.publishing.approval.views.proposals import ProposalView, ProposeMoveView, ProposeView
from emca_site.publishing.approval.views.publish_now import PublishNowView, TakeDownNowView
from emca_site.publishing.approval.views.retiring import ProposeCurrentView, ProposeRetireView
from emca_site.publishing.embargo.unread_answers import mark_read
from emca_site.publishing.embargo.views.check import CheckEmbargoView
from emca_site.publishing.embargo.views.fact_check_links import FactCheckLinksView
from emca_site.publishing.saving.creating import address_of_created
from emca_site.publishing.saving.keep_mine import KeepMineView
from emca_site.publishing.scheduling.views import WhatsComingView

PUBLISHABLE = "<str:label>/<int:pk>/"

urlpatterns = [
    path("decide/<int:task_state_id>/", DecisionView.as_view(), name="publishing_decide"),
    path(f"fact-check/{PUBLISHABLE}", FactCheckLinksView.as_view(), name="publishing_fact_check"),
    path("fact-check/answers/<int:pk>/read/", mark_read, name="publishing_fact_check_read"),
    path(f"keep-mine/{PUBLISHABLE}", KeepMineView.as_view(), name="publishing_keep_mine"),
    path(f"publish-now/{PUBLISHABLE}", PublishNowView.as_view(), name="publishing_publish_now"),
    path(
        f"take-down-now/{PUBLISHABLE}", TakeDownNowView.as_view(), name="publishing_take_down_now"
    ),
    path(f"ask/take-down/{PUBLISHABLE}", ProposeView.as_view(), name="publishing_ask_to_take_down"),
    path(f"ask/retire/{PUBLISHABLE}", ProposeRetireView.as_view(), name="publishing_ask_to_retire"),
    path(
        f"ask/current/{PUBLISHABLE}",
        ProposeCurrentView.as_view(),
        name="publishing_ask_to_make_current",
    ),
    path(f"ask/move/{PUBLISHABLE}", ProposeMoveView.as_view(), name="publishing_ask_to_move"),
    path(
        f"check-embargo/{PUBLISHABLE}", CheckEmbargoView.as_view(), name="publishing_check_embargo"
    ),
    path("coming/", WhatsComingView.as_view(), name="publishing_whats_coming"),
    path("created/<uuid:key>/", address_of_created, name="publishing_created"),
    path("proposals/<int:pk>/", ProposalView.as_view(), name="publishing_proposal"),
]
