"""What a host may set, with what holds where nothing is set. docs/hosting explains each."""

from email.utils import parseaddr
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from plaza.config.mail_server import mail_server

# An index of nearest neighbours holds no more (pgvector, halfvec).
MOST_DIMENSIONS: Final = 4000


class Environment(BaseSettings):
    """Read from the process's environment. Wrong values end the start with a readable error."""

    # A value that is not understood may be a password.
    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    database_url: str = ""
    secret_key: str = ""
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    plaza_var: Path = Field(default=Path("var"), description="files, sockets and the embedded database")
    plaza_demo: bool = False
    plaza_network_name: str = "Plaza"
    plaza_https: bool = Field(default=False, description="served behind HTTPS: secure cookies, HSTS")
    plaza_database_connections: int = Field(default=8, description="a web process's pool; 0: no pool")
    plaza_embedder_socket: str = ""
    plaza_url: str = Field(default="", description="the site's own address, for letters: https://ciudades.example.org")
    plaza_proxies: int | None = Field(default=None, ge=0, le=5, description="web servers between a visitor and Plaza")
    email_url: SecretStr = Field(default=SecretStr(""), description="smtp://user:password@host:port?tls=starttls")
    email_from: str = ""
    plaza_letters_kept_days: int = Field(default=30, ge=1)
    plaza_newsletters_a_minute: int = Field(default=200, ge=1, le=10_000, description="what the mail server bears")
    plaza_correction_days: int = Field(default=15, ge=1, le=365, description="to answer who asks for a correction")
    plaza_corrections_kept_days: int = Field(default=180, ge=1, description="after the answer")
    plaza_questions_kept_days: int = Field(default=400, ge=0, description="0: no question is kept")
    plaza_staff_totp: bool | None = Field(default=None, description="a second step for those who run the network")
    plaza_oidc_issuer: str = Field(default="", description="of an identity provider: https://id.example.org")
    plaza_oidc_client: str = ""
    plaza_oidc_secret: SecretStr = SecretStr("")
    plaza_oidc_name: str = Field(default="", description="as people call the provider", validate_default=True)
    plaza_bigbluebutton_url: str = Field(default="", description="as bbb-conf --secret prints it")
    plaza_bigbluebutton_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    apertium: bool = Field(default=False, description="questions are asked in other languages too, by its programs")
    translator_url: str = Field(default="", description="of a LibreTranslate server, before /translate")
    translator_key: SecretStr = SecretStr("")
    embedder_url: str = Field(default="", description="of an OpenAI-compatible endpoint, before /embeddings")
    embedder_model: str = ""
    embedder_key: SecretStr = SecretStr("")
    embedder_query_prefix: str = ""
    embedder_passage_prefix: str = ""
    embedder_dimensions: int = Field(default=0, ge=0, le=MOST_DIMENSIONS, validate_default=True)

    @field_validator("email_url")
    @classmethod
    def _is_a_mail_server(cls, url: SecretStr) -> SecretStr:
        try:
            mail_server(url.get_secret_value())
        except ValueError as error:
            raise PydanticCustomError("mail", "{why}", {"why": str(error)}) from None
        return url

    @field_validator("email_from")
    @classmethod
    def _is_a_sender(cls, text: str) -> str:
        if text and (not text.isprintable() or "@" not in parseaddr(text)[1]):
            raise PydanticCustomError("sender", "this must be a sender such as Network <network@example.org>")
        return text

    @field_validator("plaza_url")
    @classmethod
    def _is_the_sites_address(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
            is_sound = not url or (parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0)
        except ValueError:
            is_sound = False
        if not is_sound or "@" in parts.netloc or parts.query or parts.fragment or parts.path.strip("/"):
            raise PydanticCustomError("site", "this must be an address such as https://ciudades.example.org")
        return url.rstrip("/")

    @field_validator("plaza_oidc_issuer")
    @classmethod
    def _is_an_issuer(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or parts.query):
            raise PydanticCustomError("issuer", "this must be an address such as https://id.example.org/realms/cities")
        return url.rstrip("/")

    @field_validator("plaza_oidc_name")
    @classmethod
    def _provider_is_whole(cls, name: str, info: ValidationInfo) -> str:
        """Looks at all of them: this one is read last."""
        secret = info.data.get("plaza_oidc_secret")
        given = [
            info.data.get("plaza_oidc_issuer"),
            info.data.get("plaza_oidc_client"),
            secret and secret.get_secret_value(),
        ]
        if any(given) and not all(given):
            raise PydanticCustomError(
                "half", "an identity provider needs PLAZA_OIDC_ISSUER, PLAZA_OIDC_CLIENT and PLAZA_OIDC_SECRET together"
            )
        return name

    @field_validator("plaza_bigbluebutton_secret")
    @classmethod
    def _video_server_is_whole(cls, secret: SecretStr, info: ValidationInfo) -> SecretStr:
        if "plaza_bigbluebutton_url" in info.data and bool(info.data["plaza_bigbluebutton_url"]) != bool(
            secret.get_secret_value().strip()
        ):
            raise PydanticCustomError(
                "half",
                "a BigBlueButton server needs PLAZA_BIGBLUEBUTTON_URL and PLAZA_BIGBLUEBUTTON_SECRET together",
            )
        return secret

    def oidc(self) -> dict[str, Any]:
        """The provider as django-allauth takes it; empty where there is none."""
        if not self.plaza_oidc_issuer:
            return {}
        return {
            "provider_id": "oidc",
            "name": self.plaza_oidc_name or urlsplit(self.plaza_oidc_issuer).hostname,
            "client_id": self.plaza_oidc_client,
            "secret": self.plaza_oidc_secret.get_secret_value(),
            "settings": {"server_url": self.plaza_oidc_issuer},
        }

    @field_validator("embedder_url", "translator_url", "plaza_bigbluebutton_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if not url:
            return url
        try:
            parts = urlsplit(url)
            is_sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            is_sound = False
        if not is_sound or "@" in parts.netloc or parts.query or parts.fragment or not url.isprintable() or " " in url:
            raise PydanticCustomError(
                "address",
                "this must be an address such as http://127.0.0.1:11434/v1, without a name or a password in it",
            )
        return url

    @field_validator("embedder_key", "translator_key")
    @classmethod
    def _fits_a_header(cls, key: SecretStr) -> SecretStr:
        bare = key.get_secret_value()
        if not bare.isascii() or not bare.isprintable() or bare != bare.strip():
            raise PydanticCustomError(
                "key", "a key has only letters, digits and signs of ASCII, and no space around it"
            )
        return key

    @field_validator("embedder_model", "embedder_query_prefix", "embedder_passage_prefix")
    @classmethod
    def _can_be_encoded(cls, text: str) -> str:
        if text.encode("utf-8", "ignore").decode() != text:
            raise PydanticCustomError("text", "this is no text in UTF-8")
        return text

    @field_validator("embedder_dimensions", mode="before")
    @classmethod
    def _none_where_empty(cls, number: object) -> object:
        return 0 if number == "" else number

    @field_validator("embedder_dimensions")
    @classmethod
    def _endpoint_is_whole(cls, dimensions: int, info: ValidationInfo) -> int:
        """Looks at all of them: this one is read last."""
        if "embedder_url" not in info.data or "embedder_key" not in info.data:
            return dimensions  # what is wrong with that one is said already
        needed = {
            "EMBEDDER_URL": info.data["embedder_url"],
            "EMBEDDER_MODEL": info.data.get("embedder_model"),
            "EMBEDDER_DIMENSIONS": dimensions,
        }
        others = ("embedder_query_prefix", "embedder_passage_prefix")
        is_wanted = any(needed.values()) or info.data["embedder_key"].get_secret_value()
        missing = [name for name, value in needed.items() if not value]
        if missing and (is_wanted or any(info.data.get(name) for name in others)):
            raise PydanticCustomError(
                "half",
                "an embeddings endpoint needs EMBEDDER_URL, EMBEDDER_MODEL and EMBEDDER_DIMENSIONS together;"
                " missing: {missing}",
                {"missing": ", ".join(missing)},
            )
        return dimensions


def read_environment() -> Environment:
    return Environment()
