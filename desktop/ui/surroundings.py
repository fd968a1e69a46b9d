"""What every page of the window stands in."""

from typing import NamedTuple

from desktop.domain.clock import Clock
from desktop.ui.action_set import ActionSet
from desktop.ui.heartbeat import Heartbeat
from desktop.ui.icons import Icons
from desktop.ui.kit.announce import Announcer
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import Theme


class Surroundings(NamedTuple):
    """The objects that all pages share; made once for each desk."""

    runner: TaskRunner
    actions: ActionSet
    heartbeat: Heartbeat
    clock: Clock
    theme: Theme
    icons: Icons
    announcer: Announcer
