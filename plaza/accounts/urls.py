from django.urls import path

from plaza.accounts import views, views_account, views_data

app_name = "accounts"
urlpatterns = [
    path("sign-in/second-step/", views.second_step, name="second-step"),
    path("account/", views_account.account, name="account"),
    path("account/again/", views_account.again, name="again"),
    path("account/password/", views_account.password, name="password"),
    path("account/address/", views_account.address, name="address"),
    path("account/address/code/", views_account.address_code, name="address-code"),
    path("account/second-step/", views_account.set_up_second_step, name="second-step-set-up"),
    path("account/second-step/change/", views_account.change_second_step, name="second-step-change"),
    path("account/sessions/", views_account.sessions, name="sessions"),
    path("account/data/", views_data.data, name="data"),
    path("account/data.json", views_data.data_json, name="data-json"),
    path("account/erase/", views_data.erase, name="erase"),
]
