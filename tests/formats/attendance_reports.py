"""Reports of each tool, in our own words, and how a test looks at who was there."""

from pathlib import Path

from plaza.formats.attendance import as_json, read

SAMPLES = Path(__file__).parent / "attendance"
ALL = sorted(SAMPLES.glob("*.csv"))


def report(name: str, encoding: str = "utf-8"):
    text = (SAMPLES / name).read_bytes().decode("utf-8")
    return as_json(read(text.encode(encoding)))


def people(document, *fields):
    return [tuple(person[field] for field in fields) for person in document["people"]]


def filled_rows(path: Path) -> int:
    """Rows with anything in them; a line break inside quotation marks ends none."""
    pieces = path.read_text("utf-8").split('"')
    lines = "".join(
        piece.replace("\n", " ") if number % 2 else piece for number, piece in enumerate(pieces)
    ).splitlines()
    return sum(bool(line.strip(",;\t ")) for line in lines)
