from django.urls import path

from priorities import views

urlpatterns = [
    path("commitments/", views.commitments, name="commitments"),
    path("commitments.csv", views.commitments_csv, name="commitments_csv"),
    path("commitments.json", views.commitments_json, name="commitments_json"),
    path("commitments.schema.json", views.commitments_schema, name="commitments_schema"),
    path("commitments/measurements.csv", views.measurements_csv, name="measurements_csv"),
    path("commitments/measurements.json", views.measurements_json, name="measurements_json"),
    path(
        "commitments/measurements.schema.json",
        views.measurements_schema,
        name="measurements_schema",
    ),
    path(
        "commitments/<slug:area>/<slug:slug>.csv",
        views.measurements_of_one,
        name="measurements_of_one",
    ),
]
