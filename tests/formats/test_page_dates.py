import pytest

from plaza.core.folding import fold
from plaza.formats.page.dates import said_in

SAID = {
    "12 de marzo de 2021": (2021, 3, 12, None),
    "El webinar del 12 de marzo contó": (None, 3, 12, None),
    "del 3 al 7 de junio de 2019": (2019, 6, 3, 7),
    "5 y 6 de octubre de 2017": (2017, 10, 5, 6),
    "Salvador, 3-5 de junho de 2019": (2019, 6, 3, 5),
    "16 a 20 de setembro de 2019": (2019, 9, 16, 20),
    "no fim de novembro": (None, 11, None, None),
    "Na roda de conversa de agosto, a psicóloga": (None, 8, None, None),
    "mid-September 2019": (2019, 9, None, None),
    "late May 2019": (2019, 5, None, None),
    "In the May 8 webinar": (None, 5, 8, None),
    "May 26th": (None, 5, 26, None),
    "October 9, 2024": (2024, 10, 9, None),
    "8-10 October 2024": (2024, 10, 8, 10),
    "le 1er mai 2020": (2020, 5, 1, None),
    "du 3 au 5 juin 2019": (2019, 6, 3, 5),
    "mi-septembre 2019": (2019, 9, None, None),
    "11/05/2020 10:00h": (2020, 5, 11, None),
    "05/13/2020": (2020, 5, 13, None),
    "25/06, 10:00 h": (None, 6, 25, None),
    "2016-02-25": (2016, 2, 25, None),
    "Cuenca, Ecuador, 2016": (2016, None, None, None),
}


@pytest.mark.parametrize("text", SAID)
def test_a_date_is_read_as_people_write_it(text):
    (said,) = said_in(fold(text))

    assert (said.year, said.month, said.day, said.last) == SAID[text]


@pytest.mark.parametrize(
    "text",
    [
        "desde 2015",
        "1.850 toneladas",
        "we may see",
        "version 3.5.2019.1",
        "Tel. 2019-4000",
        "más de 2.700 avisos",
        "in mar",
    ],
)
def test_what_is_no_date_is_not_taken_for_one(text):
    assert said_in(fold(text)) == []


@pytest.mark.parametrize("text", ["31 de febrero de 2020", "30/02/2021", "29 de febrero de 2021"])
def test_an_impossible_day_has_no_place_in_a_calendar(text):
    (said,) = said_in(fold(text))

    assert said.in_year(said.year) is None


def test_a_season_is_three_months_of_its_hemisphere():
    (said,) = said_in(fold("otoño de 2018"))

    assert [day.isoformat() for day in said.in_year(2018, southern=True)[:2]] == ["2018-03-01", "2018-05-31"]
    assert [day.isoformat() for day in said.in_year(2018)[:2]] == ["2018-09-01", "2018-11-30"]
