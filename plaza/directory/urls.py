from django.urls import path

from plaza.directory import views, views_claims, views_desk, views_page

app_name = "directory"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("invitations/<str:token>/", views.invited, name="invited"),
    path("cities/<slug:slug>/desk/", views_desk.city_desk, name="city-desk"),
    path("institutions/<slug:slug>/desk/", views_desk.institution_desk, name="institution-desk"),
    path("account/places/", views_desk.places, name="places"),
    path("workspace/invitations/", views_desk.invited_people, name="invitations"),
    path("workspace/invitations/<int:pk>/withdraw/", views_desk.withdraw_invitation, name="withdraw-invitation"),
    path("workspace/joining/<int:pk>/", views_desk.answer_joining, name="answer-joining"),
    path("people/<slug:slug>/claim/", views_claims.claim, name="claim"),
    path("workspace/people/<slug:slug>/", views_claims.person_desk, name="person-desk"),
    path("account/page/", views_page.own_page, name="own-page"),
    path("workspace/people/<slug:slug>/page/", views_page.page_of, name="page-of"),
    path("workspace/people/<slug:slug>/hide/", views_page.name_or_hide, name="name-or-hide"),
    path("workspace/claims/", views_claims.claimed, name="claims"),
    path("workspace/claims/<int:pk>/", views_claims.decide_claim, name="decide-claim"),
]
