"""`plaza read attendance`: one document for programs, a table for people, one sentence where it is no report."""

import json
import zipfile

from tests.formats.attendance_reports import SAMPLES

FIELDS = ["name", "email", "role", "attended", "minutes", "intervals", "answers", "rows"]


def test_a_report_is_read_as_the_contract_says(plaza):
    done = plaza("read", "attendance", str(SAMPLES / "zoom_webinar_es.csv"), "--json")

    document = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(document) == ["format", "language", "meeting", "dates", "people", "otherwise", "rows_in", "put_aside"]
    assert [field for field in document["people"][2] if field in FIELDS] == FIELDS
    assert {field: document["people"][2][field] for field in ("minutes", "rows")} == {"minutes": 120, "rows": [14, 15]}
    assert document["rows_in"] == sum(len(person["rows"]) for person in document["people"]) + len(document["put_aside"])


def test_people_get_a_table_in_their_language_and_are_told_what_the_report_leaves_open(plaza):
    data = (
        b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
        b"Ana Ribera,ana@ribera.example.org,05/08/2026 10:00,05/08/2026 11:00,20\nRose Hill,,--,--,--\n,,05/08/2026 10:00,,\n"
    )

    done = plaza("read", "attendance", "-", stdin=data, LANG="en_US.UTF-8")

    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "   60  attendee      Ana Ribera <ana@ribera.example.org>; the duration and the times do not agree",
        "    -  attendee      Rose Hill",
    ]
    assert done.stderr.splitlines() == [
        "Row 4 was put aside: no name and no address",
        "It is not sure which number is the day and which the month: both orders are possible.",
        "The report does not say in which time zone its times are.",
        "Rows: 4. Of people: 2 (people: 2); of the report itself: 1; put aside: 1. Nothing was kept.",
    ]


def test_a_zip_named_csv_gets_one_sentence_in_the_persons_language(plaza, tmp_path):
    with zipfile.ZipFile(tmp_path / "report.csv", "w") as archive:
        archive.writestr("report.csv", "Name,Email,Duration\n")

    said = [
        plaza("read", "attendance", str(tmp_path / "report.csv"), "--json", LANG=f"{code}_XX.UTF-8")
        for code in ("es", "pt")
    ]

    assert [(done.returncode, done.stdout, done.stderr.splitlines()) for done in said] == [
        (2, "", ["Es un archivo comprimido, no un informe: descomprímalo y envíe el archivo CSV que contiene."]),
        (
            2,
            "",
            ["É um arquivo compactado, não um relatório: descompacte-o e envie o arquivo CSV que está dentro dele."],
        ),
    ]


def test_a_report_of_100_mb_is_refused_by_its_size(plaza, tmp_path):
    with (tmp_path / "report.csv").open("wb") as file:
        file.truncate(100 << 20)

    done = plaza("read", "attendance", str(tmp_path / "report.csv"))

    assert (done.returncode, done.stderr) == (2, "The report is too large: send at most 10 MB.\n")
