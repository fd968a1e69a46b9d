import pickle

import pytest

from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound, StoreError, StoreFault


def test_an_error_is_shown_with_what_to_do():
    error = DeskError("The title is empty.", field="title", hint="Give it a few words.")
    assert str(error) == "The title is empty. Give it a few words."
    assert (error.message, error.field) == ("The title is empty.", "title")


def test_an_error_without_a_hint_is_its_message():
    assert str(DeskError("The title is empty.")) == "The title is empty."


@pytest.mark.parametrize("kind", [NotAllowed, NotFound, Conflict, StoreError])
def test_every_error_of_the_desk_can_be_shown(kind):
    assert isinstance(kind("No."), DeskError)


def test_a_store_error_says_what_is_the_matter_with_the_file():
    assert StoreError("The disk is full.", kind=StoreFault.FULL).kind is StoreFault.FULL
    assert StoreError("It broke.").kind is StoreFault.OTHER


def test_an_error_keeps_its_parts_from_one_process_to_another():
    error = pickle.loads(
        pickle.dumps(StoreError("Locked.", kind=StoreFault.BUSY, field="file", hint="Wait."))
    )
    assert (error.kind, error.field, str(error)) == (StoreFault.BUSY, "file", "Locked. Wait.")
