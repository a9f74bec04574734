"""Whether anyone is found among 30,000 people by a name with slips, in time."""

import random
import statistics
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from tools.accept.lines import Line, tell
from tools.accept.own_database import in_own_database

PEOPLE: Final = 30_000
QUERIES: Final = 200
MOST_MS: Final = 50
LEAST_FOUND: Final = 0.95
# First names and surnames as they are given in the four languages; frequent ones first, as among people.
NAMES: Final = {
    "es": (
        "María José Juan Ana Luis Carlos Carmen Jorge Rosa Miguel Patricia Fernando Lucía Andrés Gabriela Ricardo Verónica"
        " Sergio Daniela Martín Ximena Joaquín Beatriz Álvaro Yolanda Nicolás Inés Óscar Rocío Íñigo",
        "González Rodríguez Gómez Fernández López Díaz Martínez Pérez García Sánchez Romero Sosa Torres Álvarez Ruiz Ramírez"
        " Flores Acosta Benítez Medina Herrera Aguirre Quispe Mamani Huamán Ñáñez Ibáñez Villalobos Echeverría Arismendi",
    ),
    "pt": (
        "Maria João Ana Antônio Francisca José Luiz Paulo Adriana Marcos Juliana Gabriel Márcia Rafael Fernanda Bruno Luíza"
        " Thiago Camila Otávio Letícia Vinícius Conceição Aparecida Wagner Edson Inês Sebastião Raimunda Zuleide",
        "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins Carvalho Almeida Lopes"
        " Soares Fernandes Vieira Barbosa Gonçalves Araújo Magalhães Cavalcanti Guimarães Assunção Nóbrega Queiroz Brandão Leão",
    ),
    "en": (
        "James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara Richard Susan Joseph Jessica"
        " Thomas Sarah Christopher Karen Winston Shanice Tyrone Keisha Desmond Beverley Garfield Marlene Alwyn Philippa",
        "Smith Johnson Williams Brown Jones Davis Miller Wilson Moore Taylor Campbell Stewart Baptiste Joseph Mohammed Ramlogan"
        " Persaud Maharaj Braithwaite Cumberbatch O'Neil McKenzie Featherstone Whitfield Hutchinson Sinclair Thorne Blackman"
        " Greenidge Holder",
    ),
    "fr": (
        "Jean Marie Pierre Anne Michel Françoise Philippe Catherine Joseph Nathalie François Isabelle Frantz Guerda Réginald"
        " Mireille Wilner Yolette Stéphane Céline Hervé Édith Gérard Élodie Noël Chloé Loïc Maëlle Benoît Zoé",
        "Jean Pierre Joseph Charles Louis François Baptiste Étienne Augustin Dorvil Lefèvre Dupont Moreau Laurent Lefebvre"
        " Desrosiers Toussaint Célestin Bélizaire Saint-Fleur Bien-Aimé Désir Exantus Narcisse Théodore Beauvoir Clairvaux"
        " Fénelon Guillaume Mathurin",
    ),
}
ENDINGS: Final = [
    "a",
    "o",
    "e",
    "i",
    "es",
    "os",
    "ez",
    "ino",
    "ina",
    "eda",
    "al",
    "ar",
    "ero",
    "era",
    "ón",
    "án",
    "uel",
    "iano",
    "iña",
    "oso",
    "ui",
]


def find_out() -> list[Line]:
    """In a database of its own. The names are made by lot, always the same ones."""
    return in_own_database("people", _lines)


def _lines() -> Iterator[Line]:
    lot = random.Random(5)
    names = _fill(lot)
    yield from _asked(names, lot)


def _fill(lot: random.Random) -> list[tuple[str, str]]:
    from django.db import connection  # needs settings

    from plaza.core.folding import fold
    from plaza.core.person_names import known_by
    from plaza.directory.models import NameWord, Person

    Person.objects.all().delete()
    names = [(language, _name(language, lot)) for _ in range(PEOPLE // 4) for language in NAMES]
    Person.objects.bulk_create(
        [
            Person(slug=f"p-{number}", name=name, name_sort=fold(name), known_as=known_by([name]), language=language)
            for number, (language, name) in enumerate(names)
        ],
        batch_size=2000,
    )
    NameWord.note(*(name for _, name in names))
    with connection.cursor() as cursor:
        # What the database does by itself some minutes after so many rows came.
        cursor.execute("VACUUM ANALYZE directory_person, directory_nameword")
    tell(f"{PEOPLE} people, {NameWord.objects.count()} words of names")
    return names


def _name(language: str, lot: random.Random) -> str:
    firsts, lasts = (words.split() for words in NAMES[language])
    first = [_often(firsts, lot) for _ in range(lot.choice((1, 1, 2)))]
    last = [_often(lasts, lot) for _ in range(lot.choice((1, 2, 2)) if language in ("es", "pt") else 1)]
    if lot.random() < 0.5:  # most surnames are rare
        last[-1] = last[-1][: lot.randint(3, 6)] + lot.choice(ENDINGS) + lot.choice(("", *ENDINGS))
    if language == "pt" and lot.random() < 0.3:
        last.insert(lot.randrange(len(last) + 1) if len(last) > 1 else 0, lot.choice(("da", "de", "dos")))
    return " ".join([*first, *last])


def _often(words: Sequence[str], lot: random.Random) -> str:
    return words[min(int(lot.expovariate(0.12)), len(words) - 1)]


def _typed(name: str, lot: random.Random) -> str:
    """As somebody types it: no accents or small, in another order, a surname left out, and a slip or two."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    words = (plain if lot.random() < 0.7 else name).lower().split()
    if len(words) > 3 and lot.random() < 0.4:
        words.pop(lot.randrange(1, len(words)))
    if lot.random() < 0.4:
        words = words[-1:] + words[:-1]
    for _ in range(lot.choice((1, 1, 2))):
        place = lot.randrange(len(words))
        words[place] = _slip(words[place], lot)
    return " ".join(words)


def _slip(word: str, lot: random.Random) -> str:
    if len(word) < 4:
        return word
    place = lot.randrange(1, len(word) - 1)
    other = lot.choice("aeiosrnzlt")
    return lot.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + other + word[place + 1 :],
            word[:place] + other + word[place:],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
        )
    )


def _asked(names: list[tuple[str, str]], lot: random.Random) -> Iterator[Line]:
    from django.contrib.auth.models import AnonymousUser  # needs settings
    from django.test import Client

    from plaza.portal.domain.people import find_people

    count: dict[str, int] = {}
    for _, name in names:
        count[name] = count.get(name, 0) + 1
    # Nobody can tell apart who has the same name: those are not asked for.
    asked = lot.sample([(language, name, _typed(name, lot)) for language, name in names if count[name] == 1], QUERIES)
    missed: list[str] = []
    spent = []
    find = [*asked[:10], *asked]  # the first ten warm up
    for number, (_, name, typed) in enumerate(find):
        begun = time.perf_counter()
        found = list(find_people(AnonymousUser(), typed=typed)[:10])
        if number >= 10:
            spent.append((time.perf_counter() - begun) * 1000)
            if name not in [person.name for person in found]:
                missed.append(f"{typed} ({name})")
    if missed:
        tell(f"not among the first ten: {'; '.join(missed[:12])}")
    by_language = {each: sum(language == each for language, _, _ in asked) for each in NAMES}
    recall = 1 - len(missed) / QUERIES
    yield Line(
        f"{QUERIES} names with slips ({', '.join(f'{n} {each}' for each, n in by_language.items())}): the right one in ten",
        f"at least {LEAST_FOUND:.0%}",
        f"{recall:.1%}",
        recall >= LEAST_FOUND,
    )
    middle, slow = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    yield Line(
        f"finding one of {PEOPLE} people",
        f"p95 under {MOST_MS} ms",
        f"p50 {middle:.1f} ms, p95 {slow:.1f} ms",
        slow < MOST_MS,
    )
    client, whole = Client(), []
    for number, (language, _, typed) in enumerate([*asked[:5], *asked[:100]]):
        begun = time.perf_counter()
        client.get(f"/{language}/people/", {"name": typed})
        if number >= 5:
            whole.append((time.perf_counter() - begun) * 1000)
    middle, slow = statistics.median(whole), statistics.quantiles(whole, n=20)[-1]
    yield Line("the whole page of it", "told only", f"p50 {middle:.1f} ms, p95 {slow:.1f} ms", True)


if __name__ == "__main__":
    for line in find_out():
        sys.stdout.write(f"{line}\n")
