"""The three stages on toys: what they learn, and that a killed run ends with the same bytes as one that was not."""

from dataclasses import replace

import pytest
import torch
from toy_lessons import QUICK, VOCABULARY, toy_lesson, window

from hedui.errors import ReadError, UsageError
from hedui.neural.encoder import train_encoder
from hedui.neural.linker import link_figures, train_linker
from hedui.neural.saving import WEIGHTS, load_network
from hedui.neural.tagger import tag_figures, targets_of, train_tagger
from hedui.neural.types import Tag

torch.set_num_threads(1)
LESSONS = [toy_lesson(seed) for seed in range(8)]
HELD = [toy_lesson(100)]
TEXTS = ["\n".join(one.text for one in lesson.windows) for lesson in LESSONS]


class Killed(BaseException):
    pass


def killer(step):
    def on_step(stage, done, total, figures):
        if done == step:
            raise Killed
    return on_step


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    work = tmp_path_factory.mktemp("work")
    encoder = train_encoder(TEXTS, VOCABULARY, QUICK, work=work)
    tagger = train_tagger(LESSONS, encoder, held=HELD, config=QUICK, work=work)
    return {"encoder": encoder, "tagger": tagger, "linker": train_linker(LESSONS, tagger, held=HELD, config=QUICK, work=work)}


def run(stage, trained, work, config=QUICK, on_step=None):
    told = {"on_step": on_step} if on_step else {}
    if stage == "encoder":
        return train_encoder(TEXTS, VOCABULARY, config, work=work, **told)
    if stage == "tagger":
        return train_tagger(LESSONS, trained["encoder"], held=HELD, config=config, work=work, **told)
    return train_linker(LESSONS, trained["tagger"], held=HELD, config=config, work=work, **told)


@pytest.mark.parametrize("stage, steps", [("encoder", [1, 4, 7]), ("tagger", [2, 5, 8]), ("linker", [4, 9, 10])])
def test_a_killed_run_goes_on_to_the_same_bytes(stage, steps, trained, tmp_path):
    for step in steps:
        with pytest.raises(Killed):
            run(stage, trained, tmp_path, on_step=killer(step))
        assert not (tmp_path / stage).exists()
    begun = []
    folder = run(stage, trained, tmp_path, on_step=lambda stage, done, total, figures: begun.append(done))
    assert begun[0] > 1
    assert (folder / WEIGHTS).read_bytes() == (trained[stage] / WEIGHTS).read_bytes()
    assert not (tmp_path / f"{stage}.pt").exists()


def test_another_seed_gives_other_weights(trained, tmp_path):
    folder = run("tagger", trained, tmp_path, replace(QUICK, seed=1))
    assert (folder / WEIGHTS).read_bytes() != (trained["tagger"] / WEIGHTS).read_bytes()


def test_a_finished_stage_is_not_run_again(trained):
    def never(*told):
        raise AssertionError("trained again")
    for stage, folder in trained.items():
        assert run(stage, trained, folder.parent, on_step=never) == folder


@pytest.mark.parametrize("stage", ["encoder", "tagger", "linker"])
def test_a_checkpoint_of_other_settings_is_refused(stage, trained, tmp_path):
    with pytest.raises(Killed):
        run(stage, trained, tmp_path, on_step=killer(4))
    with pytest.raises(UsageError, match="其他设置或数据"):
        run(stage, trained, tmp_path, replace(QUICK, seed=1))
    with pytest.raises(UsageError, match="其他设置或数据"):
        run(stage, trained, trained[stage].parent, replace(QUICK, seed=1))


def test_a_broken_checkpoint_and_one_of_another_version_are_refused(trained, tmp_path):
    (tmp_path / "tagger.pt").write_bytes(b"PK\3\4 no checkpoint")
    with pytest.raises(ReadError, match="检查点损坏"):
        run("tagger", trained, tmp_path)
    torch.save({"version": 0, "mark": ""}, tmp_path / "tagger.pt")
    with pytest.raises(UsageError, match="检查点版本"):
        run("tagger", trained, tmp_path)


def test_nothing_to_learn_from_is_told(trained, tmp_path):
    with pytest.raises(UsageError, match="没有可用于训练编码器"):
        train_encoder(["", "\n"], VOCABULARY, QUICK, work=tmp_path)
    with pytest.raises(UsageError, match="没有可用于训练的标注"):
        train_tagger([], trained["encoder"], config=QUICK, work=tmp_path)
    with pytest.raises(UsageError, match="没有可学的关系"):
        train_linker([replace(LESSONS[0], links=())], trained["tagger"], config=QUICK, work=tmp_path)


def test_tagger_and_linker_learn_the_toys(trained, tmp_path):
    longer = replace(QUICK, tagger=replace(QUICK.tagger, epochs=12), linker=replace(QUICK.linker, epochs=20, rate=1e-2, head_rate=1e-2))
    tagger = train_tagger(LESSONS, trained["encoder"], config=longer, work=tmp_path)
    assert tag_figures(load_network(tagger), HELD)["score"] > 0.95
    assert tag_figures(load_network(trained["encoder"]), HELD)["score"] < 0.5
    linker = load_network(train_linker(LESSONS, tagger, config=longer, work=tmp_path))
    assert link_figures(linker, HELD)["f1 actual"] > 0.8
    before, after = load_network(tagger).state_dict(), linker.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before if not name.startswith("linker."))


def test_what_is_unsure_context_or_a_neighbours_is_not_learnt():
    held = window("前言某县财政局下达资金后", context=2, own=(2, 9))
    tags = (Tag(start=2, end=7, label="ORG"), Tag(start=10, end=12, label="NAME"))
    numbers = targets_of(held, tags, ((7, 8),)).tolist()
    assert numbers == [-100, -100, 1, 2, 2, 2, 2, -100, 0, -100, -100, -100]
    reaching = (Tag(start=8, end=11, label="ORG"),)
    assert targets_of(held, reaching, ()).tolist()[7:] == [0, 1, 2, 2, -100]
