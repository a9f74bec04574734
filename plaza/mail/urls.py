from django.urls import path

from plaza.mail import views

app_name = "mail"
urlpatterns = [path("letters/leave/<str:signed>/", views.leave, name="leave")]
