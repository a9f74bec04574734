"""Whoever is meant is found: without accents, in any order, with a slip of the finger."""

import pytest

from plaza.directory.domain.names import called
from plaza.directory.domain.people import correct_person, enrol
from plaza.directory.models import Person

NAMES = [
    "José Luis García Márquez",
    "Josefina Pardo de la Cruz",
    "María-José O’Higgins",
    "J. Ñandú Quispe",
    "Anamaría Vélez",
    "João Gonçalves da Silva",
    "François Lefèvre",
    "Thiago Baptista",
    "Carlos Alberto Rodríguez Peña",
    "Li Wu",
]


@pytest.fixture
def people(db):
    return {name: enrol(name=name, by=None) for name in NAMES}


def found(typed):
    return [person.name for person in called(Person.objects.standing(), typed)[:10]]


MEANT = [
    ("josé garcía", "José Luis García Márquez"),
    ("jose garcia", "José Luis García Márquez"),
    ("joze garcia", "José Luis García Márquez"),
    ("GARCIA MARQUEZ, Jose Luis", "José Luis García Márquez"),
    ("J. L. García Márquez", "José Luis García Márquez"),
    ("garcia maruqez", "José Luis García Márquez"),
    ("joselu garcía", "José Luis García Márquez"),
    ("de la cruz josefina", "Josefina Pardo de la Cruz"),
    ("Josefina Delacruz", "Josefina Pardo de la Cruz"),
    ("ohiggins", "María-José O’Higgins"),
    ("Maria Jose O'Higgins", "María-José O’Higgins"),
    ("Juan Nandu", "J. Ñandú Quispe"),
    ("ana maria velez", "Anamaría Vélez"),
    ("joao goncalves", "João Gonçalves da Silva"),
    ("João Gonsalves", "João Gonçalves da Silva"),
    ("silva joão", "João Gonçalves da Silva"),
    ("francois lefevre", "François Lefèvre"),
    ("Franswa Lefevre", "François Lefèvre"),
    ("tiago batista", "Thiago Baptista"),
    ("carlos rodrigez pena", "Carlos Alberto Rodríguez Peña"),
    ("rodriguez", "Carlos Alberto Rodríguez Peña"),
    ("Dra. Rodríguez", "Carlos Alberto Rodríguez Peña"),
    ("rodri", "Carlos Alberto Rodríguez Peña"),
    ("wu li", "Li Wu"),
]


def test_whoever_is_meant_comes_first(people):
    assert [(typed, found(typed)[:1]) for typed, _ in MEANT] == [(typed, [name]) for typed, name in MEANT]


def test_joze_is_nobody_who_is_called_otherwise(people):
    assert found("xochitl") == []
    assert found("li") == ["Li Wu"]


def test_a_new_name_is_found_and_the_old_one_no_more(people):
    correct_person(person=people["Thiago Baptista"], name="Tomás Baptista", by=None)

    assert (found("thiago baptista"), found("tomas")) == (["Tomás Baptista"], ["Tomás Baptista"])
    assert found("thiago") == []
