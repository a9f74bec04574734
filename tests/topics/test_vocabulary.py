import pytest
from django.utils.translation import override

from plaza.topics.domain.vocabulary import load_topics
from plaza.topics.models import SdgGoal, SdgTarget, Topic


@pytest.mark.django_db
def test_loading_the_vocabulary_twice_changes_nothing():
    load_topics()
    before = list(Topic.objects.values_list("code", "names", "parent", "position"))

    load_topics()

    assert list(Topic.objects.values_list("code", "names", "parent", "position")) == before
    assert (Topic.objects.tops().count(), Topic.objects.leaves().count()) == (13, 66)
    assert (SdgGoal.objects.count(), SdgTarget.objects.count()) == (17, 169)


@pytest.mark.django_db
def test_a_topic_is_called_in_the_language_spoken():
    load_topics()
    topic = Topic.objects.get(code="risk/floods-drainage")

    with override("pt"):
        assert topic.called == "Inundações e drenagem urbana"


@pytest.mark.django_db
def test_every_topic_and_target_has_four_names():
    load_topics()

    for named in (*Topic.objects.all(), *SdgTarget.objects.all(), *SdgGoal.objects.all()):
        assert all(named.names[language].strip() for language in ("es", "pt", "en", "fr")), named.pk
