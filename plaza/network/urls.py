from django.urls import path

from plaza.network import views, views_app, views_desk

app_name = "network"
urlpatterns = [
    path("pages/<slug:slug>/", views.page, name="page"),
    path("help/", views.help_index, name="help"),
    path("help/<slug:slug>/", views.help_on, name="help-on"),
    path("tour/", views.tour, name="tour"),
    path("offline/", views_app.offline, name="offline"),
    path("app.webmanifest", views_app.manifest, name="manifest"),
    path("workspace/settings/", views_desk.settings, name="settings"),
    path("workspace/own-pages/", views_desk.pages, name="pages"),
    path("workspace/own-pages/new/", views_desk.edit_page, name="new-page"),
    path("workspace/own-pages/<int:pk>/", views_desk.edit_page, name="edit-page"),
    path("workspace/own-pages/<int:pk>/move/", views_desk.move_page, name="move-page"),
    path("workspace/own-pages/<int:pk>/versions/<int:number>/", views_desk.version, name="page-version"),
]
