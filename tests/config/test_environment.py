import pytest
from pydantic import ValidationError

from plaza.config.environment import Environment
from plaza.config.mail_server import mail_server

WHOLE = {"EMBEDDER_URL": "http://127.0.0.1:11434/v1", "EMBEDDER_MODEL": "m", "EMBEDDER_DIMENSIONS": "768"}


def refusal(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as error:
        Environment()
    (row,) = error.value.errors()
    return row["loc"], row["msg"], str(error.value)


def test_nothing_set_is_no_endpoint_and_empty_is_nothing(monkeypatch):
    for name in WHOLE:
        monkeypatch.setenv(name, "")

    assert (Environment().embedder_url, Environment().embedder_dimensions) == ("", 0)


def test_a_whole_endpoint_is_taken_and_its_key_is_not_shown(monkeypatch):
    for name, value in {**WHOLE, "EMBEDDER_KEY": "sk-secret", "EMBEDDER_QUERY_PREFIX": "query: "}.items():
        monkeypatch.setenv(name, value)

    environment = Environment()

    assert environment.embedder_dimensions == 768
    assert environment.embedder_query_prefix == "query: "
    assert environment.embedder_key.get_secret_value() == "sk-secret"
    assert "sk-secret" not in f"{environment!r} {environment}"


@pytest.mark.parametrize("missing", WHOLE)
def test_half_an_endpoint_is_one_sentence_with_what_is_missing(monkeypatch, missing):
    given = {name: value for name, value in WHOLE.items() if name != missing}

    loc, words, whole = refusal(monkeypatch, **given, EMBEDDER_KEY="sk-secret")

    assert loc == ("embedder_dimensions",)
    assert words == (
        "an embeddings endpoint needs EMBEDDER_URL, EMBEDDER_MODEL and EMBEDDER_DIMENSIONS together;"
        f" missing: {missing}"
    )
    assert "sk-secret" not in whole


@pytest.mark.parametrize("name", ["EMBEDDER_KEY", "EMBEDDER_QUERY_PREFIX", "EMBEDDER_PASSAGE_PREFIX"])
def test_what_belongs_to_an_endpoint_alone_is_half_of_one(monkeypatch, name):
    _, words, whole = refusal(monkeypatch, **{name: "sk-secret"})

    assert words.endswith("missing: EMBEDDER_URL, EMBEDDER_MODEL, EMBEDDER_DIMENSIONS")
    assert "sk-secret" not in whole


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:11434",
        "ftp://a/v1",
        "http://",
        "http://a:99999",
        "http://a:x/",
        "http://[bad",
        "http://a b/",
        "http://a\n/v1",
        "http://me:secret@a/v1",
        "http://a/v1?key=secret",
        "http://a/v1#secret",
    ],
)
def test_what_is_no_address_of_a_service_is_said_so_and_not_repeated(monkeypatch, url):
    loc, words, whole = refusal(monkeypatch, **{**WHOLE, "EMBEDDER_URL": url})

    assert loc == ("embedder_url",)
    assert words.startswith("this must be an address such as")
    assert "secret" not in whole


@pytest.mark.parametrize("key", ["secret\nX-Other: 1", "ségret", " secret"])
def test_a_key_that_fits_no_header_is_refused_and_not_repeated(monkeypatch, key):
    loc, _, whole = refusal(monkeypatch, **WHOLE, EMBEDDER_KEY=key)

    assert loc == ("embedder_key",)
    assert key.strip() not in whole


def test_more_dimensions_than_the_index_holds_are_refused(monkeypatch):
    loc, words, _ = refusal(monkeypatch, **{**WHOLE, "EMBEDDER_DIMENSIONS": "4001"})

    assert (loc, words) == (("embedder_dimensions",), "Input should be less than or equal to 4000")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", None),
        (
            "smtp://plaza:p%40ss@mail.example.org",
            {"host": "mail.example.org", "port": 587, "username": "plaza", "password": "p@ss"}
            | {"use_tls": True, "use_ssl": False},
        ),
        (
            "smtps://mail.example.org",
            {"host": "mail.example.org", "port": 465, "username": "", "password": ""}
            | {"use_tls": False, "use_ssl": True},
        ),
        (
            "smtp://127.0.0.1:1025?tls=none",
            {"host": "127.0.0.1", "port": 1025, "username": "", "password": ""} | {"use_tls": False, "use_ssl": False},
        ),
    ],
)
def test_a_mail_server_is_read_from_its_address(url, server):
    assert mail_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://plaza:secret-word@mail.example.org",
        "smtp://",
        "smtp://plaza:secret-word@mail.example.org:99999",
        "smtp://plaza:secret-word@mail.example.org:port",
        "smtp://plaza:secret-word@mail.example.org?tls=maybe",
        "smtp://plaza:secret-word@mail.example.org?tls=none",
        "smtp://plaza:secret-word@mail.example.org?tls=starttls&x=1",
        "smtp://plaza:secret-word@mail.example.org/path",
    ],
)
def test_a_mail_server_that_cannot_be_is_told_without_its_password(monkeypatch, url):
    loc, _, whole = refusal(monkeypatch, EMAIL_URL=url)

    assert loc == ("email_url",)
    assert "secret-word" not in whole


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMAIL_FROM", "Red"),
        ("EMAIL_FROM", "Red <red@example.org>\nBcc: all@example.org"),
        ("PLAZA_URL", "ciudades.example.org"),
        ("PLAZA_URL", "https://ciudades.example.org/plaza"),
        ("PLAZA_URL", "javascript:alert(1)"),
        ("PLAZA_URL", "https://a:b@ciudades.example.org"),
        ("PLAZA_PROXIES", "-1"),
        ("PLAZA_CORRECTION_DAYS", "0"),
        ("PLAZA_CORRECTION_DAYS", "soon"),
    ],
)
def test_what_a_letter_would_carry_wrongly_ends_the_start(monkeypatch, name, value):
    assert refusal(monkeypatch, **{name: value})[0] == (name.lower(),)


PROVIDER = {"PLAZA_OIDC_ISSUER": "https://id.example.org/", "PLAZA_OIDC_CLIENT": "c", "PLAZA_OIDC_SECRET": "s"}


def test_a_whole_identity_provider_is_taken_and_goes_by_its_name_or_its_host(monkeypatch):
    assert Environment().oidc() == {}
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)

    assert Environment().oidc() == {
        "provider_id": "oidc",
        "name": "id.example.org",
        "client_id": "c",
        "secret": "s",
        "settings": {"server_url": "https://id.example.org"},
    }
    assert "s3cret" not in f"{Environment(plaza_oidc_secret='s3cret')!r}"


@pytest.mark.parametrize("missing", PROVIDER)
def test_half_an_identity_provider_ends_the_start(monkeypatch, missing):
    given = {name: value for name, value in PROVIDER.items() if name != missing}

    assert "together" in refusal(monkeypatch, **given)[1]


@pytest.mark.parametrize(
    "issuer", ["http://id.example.org", "id.example.org", "https://", "https://u:p@id.example.org"]
)
def test_an_identity_provider_is_at_an_address_of_https(monkeypatch, issuer):
    for name, value in {**PROVIDER, "PLAZA_OIDC_ISSUER": issuer}.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ValidationError, match=r"https://id\.example\.org/realms"):
        Environment()


def test_a_video_server_is_whole_or_none_and_its_secret_is_not_shown(monkeypatch):
    url, secret = "PLAZA_BIGBLUEBUTTON_URL", "PLAZA_BIGBLUEBUTTON_SECRET"
    with monkeypatch.context() as half:
        loc, words, _ = refusal(half, **{url: "https://bbb.example.org/bigbluebutton/"})
    with monkeypatch.context() as other:
        refusal(other, **{secret: "hidden"})
    for name, value in {url: "https://bbb.example.org/bigbluebutton/", secret: "hidden"}.items():
        monkeypatch.setenv(name, value)
    environment = Environment()

    assert (loc, words) == (
        ("plaza_bigbluebutton_secret",),
        f"a BigBlueButton server needs {url} and {secret} together",
    )
    assert environment.plaza_bigbluebutton_url == "https://bbb.example.org/bigbluebutton/"
    assert "hidden" not in f"{environment!r}"
