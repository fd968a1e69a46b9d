"""`drill` on the command line: check, score, import, export."""

import json
from pathlib import Path

import pytest

from desktop.cli import main
from tests.domain.drills import FILE, worked_run


@pytest.fixture(autouse=True)
def _home(private_home: Path) -> None:
    """Nothing of the person's own is touched."""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in worked_run()))
    return path


def answer(capsys) -> dict:
    return json.loads(capsys.readouterr().out)


def test_a_good_scenario_checks_with_status_zero(capsys):
    assert main(["drill", "check", str(FILE)]) == 0
    assert "13 injects, 17 expectations, 2 decisions" in capsys.readouterr().out


def test_a_bad_one_names_each_fault_with_its_line(tmp_path, capsys):
    bad = tmp_path / "bad.drill.yaml"
    text = FILE.read_text()
    bad.write_text(text.replace("phase: P2", "phase: P7").replace("to: [comms]", "to: [coms]"))
    assert main(["drill", "check", str(bad)]) == 1
    out, err = capsys.readouterr()
    assert out.count("bad.drill.yaml, line ") == 4
    assert err.startswith("bad.drill.yaml has 4 faults, the first in line ")


def test_the_worked_run_scores_as_printed(log, capsys):
    assert main(["drill", "score", str(FILE), str(log), "--json"]) == 0
    told = answer(capsys)
    assert (told["overall"], told["band"], told["capped"], told["scored"], told["planned"]) == (
        723,
        "S",
        False,
        16,
        17,
    )
    assert told["expectations"]["E01"] == {"status": "met", "T": 1000, "Q": 1000, "score": 1000}
    assert told["gaps"] == ["DA5", "DA2", "DA6", "DR1", "HQ2", "HQ3", "DR3"]


def test_a_score_is_explained_on_request(log, capsys):
    main(["drill", "score", str(FILE), str(log), "--json", "--explain"])
    told = answer(capsys)
    assert told["explain"]["value"] == 723
    assert told["engine"] == 1


def test_a_score_is_the_same_byte_for_byte(log, capsys):
    main(["drill", "score", str(FILE), str(log), "--json", "--explain"])
    first = capsys.readouterr().out
    main(["drill", "score", str(FILE), str(log), "--json", "--explain"])
    assert capsys.readouterr().out == first


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1: this is not JSON"),
        ("[]", "line 1: this is not one JSON object"),
        ('{"sim_s": 1}', "“kind” is missing"),
        ('{"sim_s": "x", "kind": "a"}', "“sim_s” is no number"),
        ('{"sim_s": 1, "kind": "inject.fired", "inject": "I99"}', "there is no inject “I99”"),
        (
            '{"sim_s": 1, "kind": "expectation.observed", "expectation": "E02", "ok": ["tir"]}',
            "Did you mean “tier”?",
        ),
        (
            '{"sim_s": 1, "kind": "decision.recorded", "decision": "D1", "option": "go"}',
            "no option of D1 “go”",
        ),
    ],
)
def test_a_fault_in_a_log_is_told_with_its_line(tmp_path, line, says, capsys):
    log = tmp_path / "log.jsonl"
    log.write_text(line + "\n")
    assert main(["drill", "score", str(FILE), str(log)]) == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("form", ["msel-csv", "msel-xlsx"])
def test_a_list_goes_out_and_comes_back_as_a_draft_that_checks(form, tmp_path, capsys):
    assert main(["drill", "export", str(FILE), "--format", form, "--out", str(tmp_path / "out")]) == 0
    written = next((tmp_path / "out").iterdir())
    back = tmp_path / "back.drill.yaml"
    assert main(["drill", "import", str(written), "--out", str(back), "--json"]) == 0
    capsys.readouterr()
    assert main(["drill", "check", str(back)]) == 0


def test_a_pack_has_its_five_papers(tmp_path, capsys):
    assert main(["drill", "export", str(FILE), "--format", "pack", "--out", str(tmp_path / "pack")]) == 0
    names = sorted(path.name.removeprefix("drl-charged-twice") for path in (tmp_path / "pack").iterdir())
    assert names == [
        "-evaluation.md",
        "-feedback.md",
        "-msel.csv",
        "-msel.xlsx",
        "-players.md",
        "-trainer-guide.md",
        ".drill.yaml",
    ]


def test_an_import_tells_what_is_missing(tmp_path, capsys):
    msel = tmp_path / "spring.csv"
    msel.write_text("Title,Time,Description\nFirst,5m,They call\n")
    assert main(["drill", "import", str(msel), "--out", str(tmp_path / "o.yaml"), "--json"]) == 0
    told = answer(capsys)
    assert told["injects"] == 1
    assert any("Nothing is expected" in each for each in told["told"])
    assert told["to_do"]


def test_another_format_is_a_wrong_call(tmp_path):
    with pytest.raises(SystemExit) as status:
        main(["drill", "export", str(FILE), "--format", "docx", "--out", str(tmp_path)])
    assert status.value.code == 2
