"""A network on disk: what comes back, and what is refused in one line."""

import json

import pytest
import torch
from toy_lessons import QUICK, TINY, VOCABULARY, toy_lesson, toy_network
from transformers import BertConfig, BertModel, BertTokenizer

from hedui.errors import ReadError, StoreError, UsageError
from hedui.neural.config import for_hub
from hedui.neural.encoder import borrow_encoder
from hedui.neural.reading import read_windows
from hedui.neural.saving import load_network, save_model
from hedui.neural.tagger import tag_figures, train_tagger


@pytest.fixture
def folder(tmp_path):
    return save_model(toy_network(), tmp_path / "network")


def test_what_is_saved_comes_back(tmp_path):
    network = toy_network(3)
    whole = load_network(save_model(network, tmp_path / "whole", half=False))
    half = load_network(save_model(network, tmp_path / "half"))
    for name, value in network.state_dict().items():
        assert torch.equal(whole.state_dict()[name], value)
        assert torch.allclose(half.state_dict()[name].float(), value.float(), atol=2e-3)
    assert (whole.config, whole.vocabulary) == (TINY, VOCABULARY)
    assert (tmp_path / "half" / "network.safetensors").stat().st_size < 0.6 * (tmp_path / "whole" / "network.safetensors").stat().st_size
    assert sorted(path.name for path in tmp_path.iterdir()) == ["half", "whole"]


def test_saving_again_replaces_the_folder_whole(folder):
    (folder / "stray.txt").write_text("x")
    save_model(toy_network(1), folder)
    assert not (folder / "stray.txt").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["network"]
    load_network(folder)


def edited(folder, name, change):
    held = json.loads((folder / name).read_text())
    change(held)
    (folder / name).write_text(json.dumps(held))


def truncate(folder):
    path = folder / "network.safetensors"
    path.write_bytes(path.read_bytes()[:-100])


def unsigned(folder, change):
    """`change` with the hashes made to fit."""
    import hashlib

    change(folder)
    edited(folder, "manifest.json", lambda held: held.update(
        {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in held}))


@pytest.mark.parametrize("spoil, said", [
    (lambda folder: (folder / "manifest.json").unlink(), "manifest.json"),
    (lambda folder: (folder / "network.safetensors").unlink(), "缺少文件 network.safetensors"),
    (lambda folder: (folder / "network.json").write_text("{"), "network.json"),
    (lambda folder: (folder / "network.json").write_text("[]"), "network.json"),
    (truncate, "sha256"),
    (lambda folder: edited(folder, "network.json", lambda held: held.update(schema="hedui-network/0")), "hedui-network/0"),
    (lambda folder: unsigned(folder, truncate), "权重与设置不合"),
    (lambda folder: unsigned(folder, lambda f: edited(f, "network.json", lambda held: held["bio"].pop())), "bio"),
    (lambda folder: unsigned(folder, lambda f: edited(f, "network.json", lambda held: held["network"].update(width=64))), "权重与设置不合"),
    (lambda folder: unsigned(folder, lambda f: edited(f, "network.json", lambda held: held["network"].update(depth=1))), "权重与设置不合"),
    (lambda folder: unsigned(folder, lambda f: (f / "vocabulary.txt").write_text("甲\n")), "字表"),
    (lambda folder: edited(folder, "manifest.json", lambda held: held.pop("network.safetensors")), "network.safetensors"),
])
def test_a_spoilt_folder_is_refused_in_one_line(folder, spoil, said):
    spoil(folder)
    with pytest.raises(ReadError) as told:
        load_network(folder)
    assert said in str(told.value) and "\n" not in str(told.value)


def test_no_folder_at_all_and_no_room(tmp_path):
    with pytest.raises(ReadError, match="不是模型目录"):
        load_network(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="模型写入失败"):
        save_model(toy_network(), tmp_path / "file" / "network")


@pytest.fixture
def published(tmp_path):
    """A tiny encoder with random weights as others publish theirs."""
    words = tmp_path / "vocab.txt"
    words.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"省财政厅下达资金万元已执行目标实际达到道路桥梁完工率0123456789,%|"]))
    torch.manual_seed(0)
    BertModel(BertConfig(vocab_size=60, hidden_size=24, num_hidden_layers=1, num_attention_heads=2, intermediate_size=48,
                         max_position_embeddings=64)).save_pretrained(tmp_path / "bert")
    BertTokenizer(str(words)).save_pretrained(tmp_path / "bert")
    return tmp_path / "bert"


def test_a_published_encoder_is_tuned_saved_and_read(published, tmp_path):
    config = for_hub(QUICK, rate=5e-3)
    start = borrow_encoder(str(published), config, work=tmp_path / "work")
    tuned = train_tagger([toy_lesson(seed) for seed in range(8)], start, config=config, work=tmp_path / "work")
    network = load_network(save_model(load_network(tuned), tmp_path / "shipped"))
    assert tag_figures(network, [toy_lesson(9)])["score"] > tag_figures(load_network(start), [toy_lesson(9)])["score"]
    lesson = toy_lesson(9)
    reading = read_windows(network, lesson.windows)
    assert [one.shape for one in reading.scores] == [(len(window.text), 35) for window in lesson.windows]


def test_no_published_encoder_there(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match="编码器"):
        borrow_encoder(str(tmp_path / "empty"), QUICK, work=tmp_path)


def test_a_window_longer_than_the_network_reads_is_told():
    with pytest.raises(UsageError, match="最多读 256"):
        toy_network().numbers(["字" * 257])
