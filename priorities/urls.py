from django.urls import path

from priorities import views

urlpatterns = [
    path("commitments/", views.commitments, name="commitments"),
    path("commitments.csv", views.commitments_csv, name="commitments_csv"),
    path("commitments.json", views.commitments_json, name="commitments_json"),
    path("commitments/measurements.csv", views.measurements, name="measurements"),
    path(
        "commitments/<slug:area>/<slug:slug>.csv",
        views.measurements_of_one,
        name="measurements_of_one",
    ),
]
