from django.urls import path

from news import views

urlpatterns = [
    path("news/feed/", views.atom_feed, name="news_feed"),
    path("news/feed.json", views.json_feed, name="news_feed_json"),
]
