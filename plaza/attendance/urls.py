from django.urls import path

from plaza.attendance import views, views_overview, views_report

app_name = "attendance"
urlpatterns = [
    path("workspace/attendance/", views_overview.overview, name="overview"),
    path("workspace/attendance/sheet.<str:form>", views_overview.sheet, name="overview-sheet"),
    path("workspace/attendance/<int:pk>/", views_report.report, name="report"),
    path("workspace/attendance/<int:pk>/<int:number>/", views_report.decide, name="decide"),
    path("workspace/attendance/<int:pk>/put-aside.csv", views_report.put_aside, name="put-aside"),
    path("workspace/meetings/<slug:slug>/attendance/", views.meeting, name="meeting"),
    path("workspace/meetings/<slug:slug>/attendance/sheet.<str:form>", views.sheet, name="meeting-sheet"),
]
