"""What a coordinator does all day costs no more keys, letters and clicks than was promised (ux.md 7.2)."""

import pytest

from tests.support.core_tasks import TASKS, measured

tasks = pytest.mark.parametrize("task", TASKS, ids=[task.name for task in TASKS])


@tasks
def test_a_core_task_is_done_by_keyboard_alone(task, qapp, tmp_path):
    cost = measured(task, task.by_keys, tmp_path)
    assert cost.clicks == 0
    assert (cost.keys <= task.keys, cost.chars <= task.chars) == (True, True), cost


@tasks
def test_a_core_task_is_done_by_mouse_alone(task, qapp, tmp_path):
    cost = measured(task, task.by_mouse, tmp_path)
    assert cost.keys == 0
    assert cost.clicks <= task.clicks, cost
