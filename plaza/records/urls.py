from django.urls import path

from plaza.records import views, views_bulk, views_sheets

app_name = "records"
urlpatterns = [
    path("workspace/records/", views.records, name="records"),
    path("workspace/records/changes/<int:pk>/", views_bulk.bulk, name="bulk"),
    path("workspace/records/sheets/<int:pk>/", views_sheets.sheet, name="sheet"),
    path("workspace/records/sheets/<int:pk>/ledger.csv", views_sheets.ledger, name="ledger"),
    path("workspace/records/sheets/<int:pk>/aside.csv", views_sheets.put_aside, name="put-aside"),
    path("workspace/records/<slug:kind>/", views.kept, name="kept"),
    path("workspace/records/<slug:kind>/new/", views.add, name="add-record"),
    path("workspace/records/<slug:kind>/change/", views_bulk.propose, name="propose-bulk"),
    path("workspace/records/<slug:kind>/sheet/", views_sheets.receive, name="receive-sheet"),
    path("workspace/records/<slug:kind>/export.<slug:form>", views_sheets.export, name="export"),
    path("workspace/records/<slug:kind>/<int:pk>/", views.edit, name="edit-record"),
]
