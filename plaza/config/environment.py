"""What a host may set, with what holds where nothing is set. docs/hosting explains each."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """Read from the process's environment. Wrong values end the start with a readable error."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str = ""
    secret_key: str = ""
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    plaza_var: Path = Field(default=Path("var"), description="files, sockets and the embedded database")
    plaza_demo: bool = False
    plaza_network_name: str = "Plaza"
    plaza_https: bool = Field(default=False, description="served behind HTTPS: secure cookies, HSTS")
    plaza_database_connections: int = Field(default=8, description="a web process's pool; 0: no pool")
    plaza_embedder_socket: str = ""


def read_environment() -> Environment:
    return Environment()
