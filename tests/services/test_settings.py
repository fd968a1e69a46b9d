"""Settings of a desk: one table, kept in its database."""

import pytest

from db.queries import setting
from db.unit_of_work import Store
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.events import SettingChanged
from desktop.services.bus import Bus
from desktop.services.settings import SETTINGS, Settings, SettingsService


@pytest.fixture
def settings(store: Store) -> SettingsService:
    return SettingsService(store=store)


def test_a_new_desk_has_the_defaults(settings: SettingsService):
    assert settings.current == Settings()


def test_every_setting_is_in_the_table_with_its_default():
    assert {key: line.default for key, line in SETTINGS.items()} == {
        key: getattr(Settings(), key) for key in Settings.__dataclass_fields__
    }


def test_what_is_set_is_there_next_time(settings: SettingsService, store: Store):
    settings.set("theme", "dark")
    settings.set("sound", False)
    settings.set("zone", "Europe/Berlin")
    again = SettingsService(store=store).current
    assert (again.theme, again.sound, again.zone) == ("dark", False, "Europe/Berlin")
    assert settings.get("theme") == "dark"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "pink"),
        ("sound", 1),
        ("sound", "yes"),
        ("operator_id", True),
        ("zone", "Mars/Olympus"),
        ("zone", "/"),
        ("gap_alarm_h", 0),
        ("gap_alarm_h", -5),
        ("gap_alarm_h", 10_000),
        ("page_address", "desk.example.org"),
        ("page_address", "ftp://desk.example.org"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(settings: SettingsService, key: str, value: object):
    with pytest.raises(DeskError) as error:
        settings.set(key, value)
    assert error.value.field == key
    assert settings.current == Settings()


def test_a_setting_that_is_none_is_not_found(settings: SettingsService):
    with pytest.raises(NotFound, match="theme"):
        settings.set("colour", "red")


@pytest.mark.parametrize("text", ["{", '"pink"', "7", "null"])
def test_a_damaged_setting_counts_as_never_set(store: Store, text: str):
    with store.begin() as session:
        setting.put(session, "theme", text)
    assert SettingsService(store=store).current.theme == "system"


def test_what_another_program_set_is_seen_after_reading_anew(settings: SettingsService, store: Store):
    SettingsService(store=store).set("density", "compact")
    assert settings.current.density == "normal"
    assert settings.reload().density == "compact"


def test_the_window_keeps_what_it_likes_under_its_own_keys(settings: SettingsService, store: Store):
    settings.set_ui_state("window", "AAB=")
    assert settings.ui_state("window") == SettingsService(store=store).ui_state("window") == "AAB="
    settings.set_ui_state("window", None)
    assert settings.ui_state("window") is None
    assert SettingsService(store=store).current == Settings()


def test_what_is_set_is_told_once_it_is_in_force(store: Store):
    bus, heard = Bus(), []
    settings = SettingsService(store=store, bus=bus)
    bus.subscribe(SettingChanged, lambda event: heard.append((event.key, settings.current.sound)))
    settings.set("sound", False)
    assert heard == [("sound", False)]
