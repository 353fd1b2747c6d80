"""Steps are made once, begun anew or resumed after a kill, and made again when anything behind them changes."""

import errno

import pytest

from hedui.errors import StoreError, UsageError
from hedui.training.steps import code_digest, imported, open_workshop, reached, read_json, write_json


def shop(tmp_path, date="2026-01-02"):
    return open_workshop(tmp_path / "work", date=date)


def writing(calls, text="x"):
    def make(folder):
        calls.append(folder.name)
        (folder / "a.txt").write_text(text)
    return make


def test_a_step_is_made_once_and_again_when_settings_change(tmp_path):
    calls = []
    first = shop(tmp_path).step(1, "one", writing(calls), settings=1)
    again = shop(tmp_path, date="2027-01-01").step(1, "one", writing(calls), settings=1)
    other = shop(tmp_path).step(1, "one", writing(calls), settings=2)
    after = shop(tmp_path).step(2, "two", writing(calls), after=[other])
    assert len(calls) == 3 and first == again and first.folder != other.folder
    assert after.folder != shop(tmp_path).step(2, "two", writing(calls), after=[first]).folder
    assert shop(tmp_path, date="2027-01-01").date == "2026-01-02"


@pytest.mark.parametrize("resumes", [False, True])
def test_what_a_killed_step_left_is_cleared_or_gone_on_with(tmp_path, resumes):
    def killed(folder):
        (folder / "half").write_text("")
        raise KeyboardInterrupt

    left = []
    with pytest.raises(KeyboardInterrupt):
        shop(tmp_path).step(1, "one", killed, resumes=resumes)
    shop(tmp_path).step(1, "one", lambda folder: left.append((folder / "half").exists()), resumes=resumes)
    assert left == [resumes]


def test_a_full_disk_is_one_line(tmp_path):
    def full(folder):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StoreError, match="磁盘已满"):
        shop(tmp_path).step(1, "one", full)


def test_folders_of_others_and_of_another_version(tmp_path):
    shop(tmp_path)
    write_json(tmp_path / "work" / "about.json", {"schema": "hedui-training/0", "date": "x"})
    with pytest.raises(UsageError, match="另一版本"):
        shop(tmp_path)
    (tmp_path / "work" / "about.json").write_text("{")
    with pytest.raises(UsageError, match="读不出"):
        shop(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("")
    with pytest.raises(UsageError, match="不是训练的工作文件夹"):
        open_workshop(tmp_path / "mine", date="x")


def test_json_is_whole_or_not_there(tmp_path):
    write_json(tmp_path / "a.json", {"数": 1})
    with pytest.raises(ValueError):
        write_json(tmp_path / "a.json", (loop := [], loop.append(loop))[0])
    assert read_json(tmp_path / "a.json") == {"数": 1}


def test_code_behind_a_step():
    assert {"neural/tagger.py", "neural/fitting.py", "view.py", "lexicons/regions.tsv"} <= reached("neural.tagger")
    assert "hedui.training.steps".removeprefix("hedui.") not in reached("neural.tagger")
    assert any(path.startswith("synth/words/") for path in reached("synth.generate"))
    assert "errors" in imported("training/steps.py")
    assert code_digest(("view",)) != code_digest(("errors",))
