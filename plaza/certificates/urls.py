from django.urls import path

from plaza.certificates import views, views_course, views_desk

app_name = "certificates"
urlpatterns = [
    path("certificates/", views.verify, name="verify"),
    path("certificates/<str:code>/", views.verified, name="verified"),
    path("certificate/<str:token>/", views.mine, name="my-certificate"),
    path("certificate/<str:token>/certificate.pdf", views.pdf, name="certificate-pdf"),
    path("account/certificates/", views.own, name="own-certificates"),
    path("workspace/meetings/<slug:slug>/certificates/", views_desk.desk, name="certificates-desk"),
    path("workspace/meetings/<slug:slug>/certificates/sheet.<str:form>", views_desk.sheet, name="certificates-sheet"),
    path("workspace/meetings/<slug:slug>/certificates/by-hand/", views_desk.by_hand, name="certificate-by-hand"),
    path("workspace/certificates/<int:pk>/", views_desk.certificate, name="certificate"),
    path("workspace/meetings/<slug:slug>/course/", views_course.course, name="course"),
    path("workspace/meetings/<slug:slug>/course/sheet.<str:form>", views_course.sheet, name="course-sheet"),
]
