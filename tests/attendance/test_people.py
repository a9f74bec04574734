"""What is kept of a person: told, erased, and gone with her into another record."""

from plaza.accounts.domain.former_addresses import note_former
from plaza.accounts.models import User
from plaza.attendance.domain import personal
from plaza.attendance.domain.came import ledger, who_came
from plaza.attendance.models import AttendanceRow
from plaza.core.personal import Whom
from plaza.directory.domain.merging import merge
from plaza.directory.models import KnownAddress, Person
from tests.attendance.conftest import ANA, GUEST


def test_who_erases_herself_leaves_a_number_of_her_city(receive, held, network):
    report = receive(GUEST)
    whom = Whom(network.member, "MARTA@lejana.example.org", "Marta Lejana")

    assert [row["what"] for row in personal.tell(whom)] == ["attendance", "stay in a meeting", "answer"]
    personal.erase(whom)

    row = AttendanceRow.objects.get()
    assert (row.name, row.email, row.answers, row.city_words, row.city.slug) == ("", "", {}, "", "hillside")
    assert ([each.minutes for each in who_came(held.pk)], ledger(report).balances) == ([60], True)
    assert personal.tell(whom) == []


def test_who_erases_herself_is_found_by_addresses_of_before_but_not_by_one_that_went_on_to_another(receive, network):
    user = network.member
    for old in ("marta@lejana.example.org", "desk@lejana.example.org", user.email):
        note_former(user, old)
    User.objects.create_user("desk@lejana.example.org", None, name="Rosa")
    KnownAddress.objects.create(person=network.people["Ana Ribera"], email="ana@lejana.example.org")
    Person.objects.filter(name="Ana Ribera").update(user=user)
    others = [GUEST.replace("marta@", f"{name}@").replace("Marta", "Rosa") for name in ("desk", "ana", "other")]
    receive(GUEST, *others)
    whom = Whom(user, user.email, "Otávio")

    assert [row["email"] for row in personal.tell(whom) if row["what"] == "attendance"] == [
        "marta@lejana.example.org", "ana@lejana.example.org"
    ]  # fmt: skip
    personal.erase(whom)

    assert list(AttendanceRow.objects.values_list("email", flat=True)) == [
        "", "desk@lejana.example.org", "", "other@lejana.example.org"
    ]  # fmt: skip


def test_who_came_follows_her_into_another_record(receive, held, network):
    receive(ANA)
    other = Person.objects.create(name="Ana R. Prado", slug="ana-r-prado")

    merge(gone=network.people["Ana Ribera"], kept=other, by=network.secretary)

    assert [(each.name, each.minutes) for each in who_came(held.pk)] == [("Ana R. Prado", 60)]
