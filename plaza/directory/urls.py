from django.urls import path

from plaza.directory import (
    views,
    views_accounts,
    views_claims,
    views_desk,
    views_handover,
    views_joining,
    views_members,
    views_page,
)

app_name = "directory"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("invitations/<str:token>/", views.invited, name="invited"),
    path("cities/<slug:slug>/desk/", views_desk.city_desk, name="city-desk"),
    path("cities/<slug:slug>/desk/about/", views_desk.city_about, name="city-about"),
    path("apply/", views_joining.apply, name="apply"),
    path("apply/<str:token>/", views_joining.application, name="application"),
    path("workspace/applications/", views_joining.applied, name="applications"),
    path("workspace/applications/<int:pk>/", views_joining.application_desk, name="application-desk"),
    path("workspace/members/", views_members.member_cities, name="member-cities"),
    path("workspace/members/<slug:slug>/", views_members.membership, name="membership"),
    path("hand-over/<str:token>/", views_handover.asked, name="hand-over"),
    path("hand-over/next/<str:token>/", views_handover.named, name="hand-over-next"),
    path("workspace/hand-overs/", views_handover.hand_overs, name="hand-overs"),
    path("workspace/hand-overs/<int:pk>/", views_handover.hand_over_desk, name="hand-over-desk"),
    path("institutions/<slug:slug>/desk/", views_desk.institution_desk, name="institution-desk"),
    path("account/places/", views_desk.places, name="places"),
    path("workspace/invitations/", views_desk.invited_people, name="invitations"),
    path("workspace/invitations/<int:pk>/withdraw/", views_desk.withdraw_invitation, name="withdraw-invitation"),
    path("workspace/joining/<int:pk>/", views_desk.answer_joining, name="answer-joining"),
    path("people/<slug:slug>/claim/", views_claims.claim, name="claim"),
    path("workspace/people/<slug:slug>/", views_claims.person_desk, name="person-desk"),
    path("workspace/accounts/", views_accounts.accounts, name="accounts"),
    path("workspace/accounts/<int:pk>/", views_accounts.account_desk, name="account-desk"),
    path("account/page/", views_page.own_page, name="own-page"),
    path("workspace/people/<slug:slug>/page/", views_page.page_of, name="page-of"),
    path("workspace/people/<slug:slug>/hide/", views_page.name_or_hide, name="name-or-hide"),
    path("workspace/claims/", views_claims.claimed, name="claims"),
    path("workspace/claims/<int:pk>/", views_claims.decide_claim, name="decide-claim"),
]
