import pytest
from django.utils.translation import override

from plaza.directory.domain.gazetteer import load_gazetteer
from plaza.directory.models import City, Country


@pytest.mark.django_db
def test_loading_the_gazetteer_twice_changes_nothing_and_its_cities_stand_in_a_readers_alphabet():
    load_gazetteer()
    before = list(City.objects.order_by("pk").values_list("pk", "uuid", "slug", "names"))

    load_gazetteer()

    assert list(City.objects.order_by("pk").values_list("pk", "uuid", "slug", "names")) == before
    assert (City.objects.count(), Country.objects.count()) == (1054, 50)
    names = list(City.objects.for_list().values_list("name_sort", flat=True))
    assert names == sorted(names)
    assert names.index("anapolis") < names.index("bogota") < names.index("brasilia")


@pytest.mark.django_db
def test_a_city_is_found_by_its_name_without_accents_and_told_apart_by_its_country():
    load_gazetteer()

    for words in ("bogota", "Bogotá", "BOGOTA"):
        assert City.objects.called_like(words).filter(slug="bogota-co").exists(), words
    cordobas = City.objects.called_like("cordoba").select_related("country").filter(name_sort="cordoba")
    with override("es"):
        assert {city.full_name for city in cordobas} >= {"Córdoba, Argentina", "Córdoba, México"}
