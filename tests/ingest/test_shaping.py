"""Joining what the reader cut in two, and parting what it took for one."""

import pytest

from plaza.ingest.choices import Decision
from plaza.ingest.domain.decisions import accept, reject, undo
from plaza.ingest.domain.pages import receive_page
from plaza.ingest.domain.shaping import NotSo, join, part, put_together
from plaza.meetings.models import Meeting

PAGE = """Mercados que vuelven a abrir
Taller en Quito, 12 de marzo de 2021
• Ana Ribera, alcaldesa de Riberas, Ecuador
Grabación | Notas

Agua de lluvia en los techos
Webinar, abril de 2020
Lo contó Marta Lejana, ingeniera. Hablamos de Guayaquil, Ecuador.
Presentación
"""


@pytest.fixture
def page(network):
    return receive_page(data=PAGE.encode(), by=network.secretary)


def told(row):
    return (
        row.title,
        row.told["lines"],
        row.told["date"] and row.told["date"]["start"],
        [person["name"] for person in row.people],
        [material["kind"] for material in row.told["materials"]],
    )


def test_what_was_cut_in_two_becomes_one_meeting_with_the_people_of_both(page, network):
    first, second = page.proposals.all()

    join(proposal=second, by=network.secretary)
    meeting = accept(proposal=first, by=network.secretary)

    names = meeting.sessions.get().appearances.values_list("person__name", flat=True)
    assert list(names) == ["Ana Ribera", "Marta Lejana"]
    assert [(row.decision, row.meeting) for row in page.proposals.all()] == [
        (Decision.ACCEPTED, meeting), (Decision.JOINED, meeting),
    ]  # fmt: skip


def test_a_joining_can_be_taken_back(page, network):
    _, second = page.proposals.all()
    join(proposal=second, by=network.secretary)

    undo(proposal=second, by=network.secretary)

    assert [(row.decision, row.joined_to) for row in page.proposals.all()] == [(Decision.WAITING, None)] * 2


def test_undoing_the_whole_leaves_its_part_joined(page, network):
    first, second = page.proposals.all()
    join(proposal=second, by=network.secretary)
    accept(proposal=first, by=network.secretary)

    undo(proposal=first, by=network.secretary)

    assert not Meeting.objects.filter(title="Mercados que vuelven a abrir").exists()
    second.refresh_from_db()
    assert (second.decision, second.joined_to, second.meeting) == (Decision.JOINED, first, None)


def test_the_first_has_nothing_before_it_and_what_was_decided_is_not_joined(page, network):
    first, second = page.proposals.all()

    with pytest.raises(NotSo, match="no meeting before"):
        join(proposal=first, by=network.secretary)
    accept(proposal=first, by=network.secretary)
    with pytest.raises(NotSo, match="decided already"):
        join(proposal=second, by=network.secretary)


def test_one_that_was_two_is_parted_with_what_stands_on_each_ones_lines(network):
    page = receive_page(data=PAGE.replace("\n\nAgua", "\nAgua").encode(), by=network.secretary)
    whole = page.proposals.first()
    rows = page.proposals.all()
    if len(rows) == 2:  # the reader saw it by itself: make it one, as a person might find it
        whole, latter = rows
        whole.told |= {name: [*whole.told[name], *latter.told[name]] for name in ("people", "materials")}
        whole.told["lines"], whole.last_line = [1, latter.last_line], latter.last_line
        latter.delete()
        whole.save()

    latter = part(proposal=whole, at=5, by=network.secretary)

    whole.refresh_from_db()
    assert told(whole) == ("Mercados que vuelven a abrir", [1, 4], "2021-03-12", ["Ana Ribera"], ["recording", "notes"])
    assert told(latter) == ("Agua de lluvia en los techos", [5, 8], "2020-04-01", ["Marta Lejana"], ["presentation"])
    assert list(page.proposals.all()) == [whole, latter]


def test_a_parting_taken_back_is_as_it_was(page, network):
    first = page.proposals.first()
    before = told(first), first.face
    latter = part(proposal=first, at=3, by=network.secretary)

    put_together(proposal=latter, by=network.secretary)

    first.refresh_from_db()
    assert (told(first), first.face) == before
    assert page.proposals.count() == 2


@pytest.mark.parametrize("at", [0, 1, 5, 99])
def test_it_is_parted_inside_itself_or_not_at_all(page, network, at):
    with pytest.raises(NotSo, match="Choose a line"):
        part(proposal=page.proposals.first(), at=at, by=network.secretary)


def test_what_was_decided_is_neither_parted_nor_put_together(page, network):
    first, _ = page.proposals.all()
    latter = part(proposal=first, at=3, by=network.secretary)
    reject(proposal=latter, by=network.secretary)

    with pytest.raises(NotSo, match="decided already"):
        put_together(proposal=latter, by=network.secretary)
    with pytest.raises(NotSo, match="decided already"):
        part(proposal=latter, at=4, by=network.secretary)


def test_an_edited_page_is_parted_and_joined_as_before(page, network):
    first, second = page.proposals.all()
    latter = part(proposal=first, at=3, by=network.secretary)
    reject(proposal=latter, by=network.secretary)
    meeting = accept(proposal=first, by=network.secretary)
    join_after = receive_page(
        data=f"{PAGE}\n\nOtro taller\nTaller, 3 de mayo de 2022\nNotas".encode(), by=network.secretary
    )

    rows = list(join_after.proposals.all())
    assert [(row.first_line, row.decision) for row in rows] == [
        (1, Decision.ACCEPTED), (3, Decision.REJECTED), (second.first_line, Decision.WAITING), (12, Decision.WAITING),
    ]  # fmt: skip
    assert rows[0].meeting == meeting


def test_what_was_joined_is_joined_on_an_edited_page(page, network):
    first, second = page.proposals.all()
    join(proposal=second, by=network.secretary)
    meeting = accept(proposal=first, by=network.secretary)

    edited = receive_page(
        data=f"{PAGE}\n\nOtro taller\nTaller, 3 de mayo de 2022\nNotas".encode(), by=network.secretary
    )

    assert [(row.decision, row.meeting) for row in edited.proposals.all()] == [
        (Decision.ACCEPTED, meeting), (Decision.JOINED, meeting), (Decision.WAITING, None),
    ]  # fmt: skip


def test_the_workspace_joins_parts_and_says_why_not(network, client, page):
    client.force_login(network.secretary)
    there = f"/es/workspace/pages/{page.pk}/"

    assert "ninguna reunión a la que" in client.post(f"{there}1/", {"deed": "join"}, follow=True).text
    client.post(f"{there}2/", {"deed": "join"})
    assert "unida a la anterior" in client.get(there).text
    client.post(f"{there}2/", {"deed": "undo"})
    assert "Elija una línea" in client.post(f"{there}1/", {"deed": "part", "at": "x"}, follow=True).text
    client.post(f"{there}1/", {"deed": "part", "at": "3"})
    assert [row.first_line for row in page.proposals.all()] == [1, 3, 6]
    client.post(f"{there}3/", {"deed": "put-together"})
    assert [row.first_line for row in page.proposals.all()] == [1, 6]
