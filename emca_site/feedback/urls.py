from django.urls import path

from emca_site.feedback import views

# Below the page of the statement, which has no child pages.
urlpatterns = [
    path("feedback/", views.take_feedback, name="feedback"),
    path("accessibility-statement/report/", views.report_problem, name="report_problem"),
    path(
        "accessibility-statement/report/thanks/",
        views.problem_reported,
        name="problem_reported",
    ),
]
