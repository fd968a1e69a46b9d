import pytest

from desktop.ui.drill.player_news import PlayerNews
from tests.ui.drill.player_stand import received


class Chimes:
    def __init__(self):
        self.played = []

    def play(self, chimes):
        self.played.append(chimes)


@pytest.fixture
def chimes():
    return Chimes()


def news_of(chimes, *, loud=True, held=False):
    return PlayerNews(chimes, lambda: loud, lambda: held)


def test_what_comes_is_told_with_whom_it_is_for(chimes, qtbot):
    news = news_of(chimes)
    with qtbot.waitSignal(news.said) as told:
        news.tell([received(1)])
    assert told.args == ["Ticket from Kiosk Marie: Charged twice, part 1 (to Support triage)"]


def test_a_telephone_rings_longer_than_a_letter_falls(chimes):
    news = news_of(chimes)
    news.tell([received(1, channel="email")])
    news.tell([received(2, channel="phone")])
    assert chimes.played == [1, 2]


def test_several_at_once_are_told_as_one_and_sound_once(chimes, qtbot):
    news = news_of(chimes)
    with qtbot.waitSignal(news.said) as told:
        news.tell([received(1), received(2, channel="phone")])
    assert told.args[0].startswith("2 new messages, the last: Phone call")
    assert chimes.played == [2]


@pytest.mark.parametrize(("loud", "held"), [(False, False), (True, True)])
def test_nothing_sounds_where_sounds_are_off_or_a_room_looks_on(chimes, loud, held):
    news_of(chimes, loud=loud, held=held).tell([received(1)])
    assert chimes.played == []


def test_what_only_the_drill_notices_is_no_news(chimes, qtbot):
    news = news_of(chimes)
    with qtbot.assertNotEmitted(news.said):
        news.tell([received(1, channel="none", body="")])
