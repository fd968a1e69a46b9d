import pytest

from desktop import paths
from desktop.domain.errors import DeskError
from desktop.domain.signal import parse
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_preset import FORMAT, SignalPreset
from desktop.services.yaml_text import read_yaml
from tests.domain.signals import as_body

DOCUMENT = {
    "title": "a.b or .c",
    "key": '["x.y"]',
    "resolve_when": ["false", "ok"],
    "nested_json": ["a", "m[0]"],
}
PRESET = {"format": FORMAT, "name": "Ours", "about": "", "recognised_by": ["a.b"], "mapping": DOCUMENT}
SHIPPED = sorted(paths.resource("signals").glob("*.yaml"))


def test_a_mapping_survives_being_written_down() -> None:
    mapping = SignalMapping.from_mapping(DOCUMENT)
    assert mapping.to_mapping() == DOCUMENT
    assert SignalMapping.from_mapping(mapping.to_mapping()) == mapping


def test_what_is_null_or_empty_is_not_said() -> None:
    assert SignalMapping.from_mapping({"title": None, "state": "", "resolve_when": None}) == SignalMapping()


def test_a_single_word_needs_no_list() -> None:
    assert SignalMapping.from_mapping({"resolve_when": False}).resolve_when == {"false"}


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("colour", "x"), ("title", 7), ("title", "a..b"), ("key", ["a"]), ("resolve_when", {"a": 1}),
        ("resolve_when", [["a"]]), ("ignore_when", ["a"] * 101), ("nested_json", [7]), ("nested_json", ["["]),
    ],
)  # fmt: skip
def test_a_mapping_at_fault_is_refused_naming_the_entry(entry: str, value: object) -> None:
    with pytest.raises(DeskError) as fault:
        SignalMapping.from_mapping({entry: value})
    assert fault.value.field == entry


def test_a_sample_lists_every_place_of_a_body_with_what_stands_there() -> None:
    body = {"a": {"b": [True, None]}, "x.y": 'say "hi"', "m": ['{"n": 1}']}
    rows = SignalMapping.from_mapping({"nested_json": "m[0]"}).sample(as_body(body))
    assert rows == (("a.b[0]", "true"), ("a.b[1]", ""), ('["x.y"]', 'say "hi"'), ("m[0].n", "1"))


def test_every_path_of_a_sample_is_one_a_mapping_can_use() -> None:
    body = {"title": "t", "a or b": {" c": 1, "": {"d[0]": 2}}}
    rows = SignalMapping().sample(as_body(body))
    values = [parse("generic", as_body(body), {"title": row.path})[0].title for row in rows]
    assert values == ["t", "1", "2"]


def test_a_sample_is_bounded() -> None:
    rows = SignalMapping().sample(as_body([{"a": "x" * 700}] * 1400))
    assert len(rows) == 1000
    assert len(rows[0].value) == 300


def test_a_preset_survives_being_written_down() -> None:
    assert SignalPreset.from_mapping(PRESET).to_mapping() == PRESET


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"format": "x/1"}, "format"),
        ({"name": ""}, "name"),
        ({"about": 7}, "about"),
        ({"extra": 1}, "extra"),
        ({"recognised_by": "a"}, "recognised_by"),
        ({"mapping": None}, "mapping"),
        ({"mapping": {"colour": "x"}}, "mapping.colour"),
    ],
)
def test_a_preset_at_fault_is_refused_naming_the_entry(part: dict[str, object], field: str) -> None:
    with pytest.raises(DeskError) as fault:
        SignalPreset.from_mapping(PRESET | part)
    assert fault.value.field == field


def test_a_preset_knows_the_bodies_of_its_tool() -> None:
    preset = SignalPreset.from_mapping(PRESET)
    assert preset.fits({"a": '{"b": 1}'})
    assert not preset.fits({"a": {"c": 1}})
    assert not preset.fits([])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_shipped_preset_is_whole(path: object) -> None:
    document = read_yaml(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    preset = SignalPreset.from_mapping(document)
    assert preset.mapping.title is not None
    assert preset.needs
    assert preset.about


def test_no_two_shipped_presets_share_a_name() -> None:
    names = [read_yaml(path.read_text(encoding="utf-8"))["name"] for path in SHIPPED]
    assert len(set(names)) == len(names) > 10
