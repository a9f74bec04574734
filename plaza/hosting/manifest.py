"""What a backup says about itself: its file manifest.json."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from plaza.hosting.errors import DamagedBackup, OtherFormat

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    made: str  # ISO 8601, UTC
    postgresql: str  # "18.6"
    extensions: list[str]
    rows: Mapping[str, int]  # "schema.table" → rows, in the same snapshot as the dump
    parts: Mapping[str, Part]  # every other file of the backup
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @property
    def postgresql_major(self) -> int:
        return int(self.postgresql.partition(".")[0])

    @classmethod
    def from_json(cls, text: bytes, source: Path) -> "Manifest":
        """Raises OtherFormat or, when a field is missing or of another kind, DamagedBackup."""
        try:
            found: dict[str, Any] = json.loads(text)
            if found["format"] != FORMAT:
                raise OtherFormat(file=source, found=found["format"], ours=FORMAT)
            manifest = cls(
                made=str(found["made"]),
                postgresql=str(found["postgresql"]),
                extensions=[str(name) for name in found["extensions"]],
                rows={str(name): int(count) for name, count in found["rows"].items()},
                parts={
                    str(name): Part(str(part["sha256"]), int(part["bytes"])) for name, part in found["parts"].items()
                },
            )
            _ = manifest.postgresql_major
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise DamagedBackup(file=source, reason="manifest.json") from problem
        return manifest
