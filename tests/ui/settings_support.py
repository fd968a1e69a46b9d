"""The settings of a desk for tests: real services, addresses kept in a file."""

from desktop.adapters.secrets import Secrets
from desktop.ui.settings.ports import SettingsServices
from desktop.wiring.staff_desk import DeskChannels, DeskLadder, DeskStaff


def no_keyring():
    """As on a machine without one."""
    return None


def settings_services(desk, folder, **others):
    """All that the page of settings asks for."""
    channels = DeskChannels(desk, Secrets(folder, "test", no_keyring), others.pop("silent", ""))
    return SettingsServices(
        settings=desk.settings,
        people=desk.person,
        staff=DeskStaff(desk, channels),
        channels=channels,
        ladder=DeskLadder(desk),
        customers=desk.customer,
        backups=desk.backup,
        audit=desk.escalations.audit,
        policies=desk.policy,
        **others,
    )
