from urllib.robotparser import RobotFileParser

import pytest


@pytest.fixture
def robots(client):
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").text.replace("/*/", "/es/").splitlines())
    return parser


@pytest.mark.parametrize("path", ["/es/ask/?q=agua", "/es/ask.json?q=agua", "/es/search/?q=agua", "/es/workspace/"])
def test_a_crawler_asks_nothing(robots, path):
    assert not robots.can_fetch("anybot", path)


@pytest.mark.parametrize("path", ["/es/", "/es/recordings/", "/es/recordings/river/", "/es/cities/"])
def test_a_crawler_may_read_what_is_published(robots, path):
    assert robots.can_fetch("anybot", path)
