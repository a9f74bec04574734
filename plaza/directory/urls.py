from django.urls import path

from plaza.directory import views, views_accounts, views_claims, views_desk

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
    path("workspace/accounts/", views_accounts.accounts, name="accounts"),
    path("workspace/accounts/<int:pk>/", views_accounts.account_desk, name="account-desk"),
    path("workspace/claims/", views_claims.claimed, name="claims"),
    path("workspace/claims/<int:pk>/", views_claims.decide_claim, name="decide-claim"),
]
