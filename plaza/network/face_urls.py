"""What browsers fetch: the same in every language, so without one in the address."""

from django.urls import path

from plaza.network import views_app

app_name = "face"
urlpatterns = [
    path("service-worker.js", views_app.worker, name="worker"),
    path("network/style/<uuid:version>.css", views_app.style, name="style"),
    path("network/logo/<str:file>", views_app.logo, name="logo"),
]
