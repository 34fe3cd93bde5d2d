from django.urls import path

from emca_site.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/about-the-data/", views.about_the_data, name="about_the_data"),
    path("figures/schema.json", views.figures_schema, name="figures_schema"),
    path("figures.csv", views.figures_csv, name="figures_csv"),
    path("figures.json", views.figures_json, name="figures_json"),
]
