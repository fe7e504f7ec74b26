"""The settings: `PETRAF_*` variables, read once. A wrong value stops the start with one line that names it and the mend."""

import os
import secrets
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from state.errors import PetrafError

SessionAuth = Literal["token", "id"]
"""How a session is proven: by its token, or (not for real data) by its id."""


class WrongSetting(PetrafError):
    """A setting has a value that can't be used."""

    code = "WRONG_SETTING"


def _env(name: str) -> AliasChoices:
    return AliasChoices(name, f"PETRAF_{name}")


class Settings(BaseSettings):
    """Every setting of an installation, with the variable's name as field name in capitals after `PETRAF_`."""

    model_config = SettingsConfigDict(
        env_prefix="PETRAF_", env_ignore_empty=True, populate_by_name=True, extra="ignore"
    )

    database_url: str | None = None
    """The owner's login; migrations run as it. Unset: the embedded server."""
    app_database_url: str | None = None
    """A login of the application role's own for requests."""
    data_dir: Path = Path(".petraf")
    secret_key: SecretStr | None = None
    session_auth: SessionAuth = "token"
    default_tenant: str | None = None
    chat_model: str | None = None
    embeddings: str = "local"
    openai_api_key: Annotated[SecretStr | None, Field(validation_alias="OPENAI_API_KEY")] = None
    openai_base_url: Annotated[str | None, Field(validation_alias="OPENAI_BASE_URL")] = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, validation_alias=_env("PORT"))] = 8000
    cookie_secure: bool | None = None
    """None: off on plain-http localhost only."""

    @field_validator("database_url", "app_database_url")
    @classmethod
    def _is_postgres(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("give a postgresql:// address, or leave it out for the embedded server")
        return value

    @field_validator("secret_key")
    @classmethod
    def _is_long(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:
            raise ValueError("give at least 32 characters, or leave it out and one is made")
        return value

    @field_validator("chat_model")
    @classmethod
    def _is_known(cls, value: str | None) -> str | None:
        if value is not None and value != "rules" and not value.startswith("openai:"):
            raise ValueError("give rules, or openai:<model> such as openai:gpt-4o-mini")
        return value

    @field_validator("embeddings")
    @classmethod
    def _embeds(cls, value: str) -> str:
        if value != "local" and not value.startswith("openai:"):
            raise ValueError("give local, or openai:text-embedding-3-small")
        return value

    @model_validator(mode="after")
    def _model_is_reachable(self) -> Self:
        if (self.chat_model or "").startswith("openai:") and not (self.openai_api_key or self.openai_base_url):
            raise ValueError("a model needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of yours; or give rules")
        return self

    @property
    def coach_name(self) -> str:
        """The deployment's coach: as set, else rules without a key and a small model with one."""
        return self.chat_model or ("openai:gpt-4o-mini" if self.openai_api_key else "rules")

    def api_key(self) -> str | None:
        """The model's key in the clear, for the client only."""
        return self.openai_api_key.get_secret_value() if self.openai_api_key else None

    def secret(self) -> str:
        """The signing key; made and kept in the data folder (0600) where none is set."""
        if self.secret_key:
            return self.secret_key.get_secret_value()
        return kept_secret(self.data_dir / "secret_key", secrets.token_urlsafe(48))


def kept_secret(path: Path, fresh: str) -> str:
    """The secret in `path`; `fresh` is written there first when it is missing. Two starts at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(fresh)
    return fresh


def read_settings() -> Settings:
    """The settings of this process. Raises WrongSetting with one line that names the variable and what to do."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "CHAT_MODEL"
        variable = name if name.startswith(("OPENAI_", "PORT", "PETRAF_")) else f"PETRAF_{name}"
        reason = str(first["msg"]).removeprefix("Value error, ")
        if name == "PORT":
            reason = "give a number from 1 to 65535"
        raise WrongSetting(f"{variable}: {reason}") from None
