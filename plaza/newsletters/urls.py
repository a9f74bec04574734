from django.urls import path

from plaza.newsletters import views, views_issues, views_segments

app_name = "newsletters"
urlpatterns = [
    path("newsletter/", views.subscribe, name="subscribe"),
    path("newsletter/<str:token>/", views.confirm, name="confirm"),
    path("account/newsletter/", views.mine, name="mine"),
    path("workspace/newsletters/", views_issues.issues, name="issues"),
    path("workspace/newsletters/new/", views_issues.new_issue, name="new-issue"),
    path("workspace/newsletters/segments/", views_segments.segments, name="segments"),
    path("workspace/newsletters/segments/new/", views_segments.segment, name="new-segment"),
    path("workspace/newsletters/segments/<int:pk>/", views_segments.segment, name="segment"),
    path("workspace/newsletters/subscribers/", views_segments.subscribers, name="subscribers"),
    path("workspace/newsletters/<int:pk>/", views_issues.issue, name="issue"),
    path("workspace/newsletters/<int:pk>/preview/", views_issues.preview_issue, name="preview-issue"),
    path("workspace/newsletters/<int:pk>/test/", views_issues.try_issue, name="try-issue"),
    path("workspace/newsletters/<int:pk>/send/", views_issues.send_issue, name="send-issue"),
    path("workspace/newsletters/<int:pk>/decide/", views_issues.decide_issue, name="decide-issue"),
]
