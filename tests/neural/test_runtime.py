"""The graphs of a network read what the network reads, and torch is not loaded for it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from toy_lessons import toy_lesson, toy_network

from hedui.errors import ReadError
from hedui.layout import arrange
from hedui.neural.engine import numbered
from hedui.neural.export import export_network
from hedui.neural.linker_lessons import ends_of
from hedui.neural.links import links_of
from hedui.neural.reading import read_windows
from hedui.neural.runtime import GRAPHS, GraphEngine
from hedui.neural.saving import load_network, save_model
from hedui.neural.stored import load_engine
from hedui.neural.windows import windows_of
from hedui.readers import read

LESSON = toy_lesson(5)
ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "models" / "hedui_zh" / "hedui_network"
SAMPLE = min((ROOT / "annotations" / "samples").glob("*.txt"))


def test_graphs_give_what_the_network_gives(tmp_path):
    network = toy_network(2)
    export_network(network, tmp_path, small=False)
    engine = GraphEngine(tmp_path, network.vocabulary, length=network.config.length, around=False)
    ours, theirs = read_windows(network, LESSON.windows), read_windows(engine, LESSON.windows)
    for one, other in zip(ours.scores, theirs.scores, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)
    ends = ends_of(LESSON)
    told = [{(link.relation, link.head, link.tail): link.probability for link in links_of(reader, reading, ends, ends)}
            for reader, reading in ((network, ours), (engine, theirs))]
    assert told[0].keys() == told[1].keys() and told[0]
    for link, probability in told[0].items():
        assert told[1][link] == pytest.approx(probability, abs=2e-3)


def test_eight_bits_keep_the_scores_close(tmp_path):
    network = toy_network(2)
    save_model(network, tmp_path / "network", graphs=True)
    engine = load_engine(tmp_path / "network", threads=1)
    for one, other in zip(read_windows(network, LESSON.windows).scores, read_windows(engine, LESSON.windows).scores, strict=True):
        np.testing.assert_allclose(np.exp(one), np.exp(other), atol=0.06)
    export_network(network, tmp_path, small=False)
    assert (tmp_path / "network" / "encoder.onnx").stat().st_size < 0.5 * (tmp_path / "encoder.onnx").stat().st_size


def test_eight_bits_of_the_shipped_model_tell_the_same_tags():
    network, engine = load_network(SHIPPED), load_engine(SHIPPED, threads=1)
    windows = windows_of(arrange(read(SAMPLE)))
    exact, told = (np.exp(np.concatenate(read_windows(one, windows).scores)) for one in (network, engine))
    assert np.abs(exact - told).max(1).mean() < 0.003 and (exact.argmax(1) != told.argmax(1)).mean() < 0.003


def test_reading_loads_no_torch(tmp_path):
    save_model(toy_network(), tmp_path / "network", graphs=True)
    says = f"""
import sys
from pathlib import Path
from hedui.neural.stored import load_engine
scores, _ = load_engine(Path({str(tmp_path / "network")!r})).read(["核对绩效", "预算"])
print(scores.shape[:2], sorted({{"torch", "transformers"}} & sys.modules.keys()))
"""
    said = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "(2, 4) []"


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_that_is_gone_or_broken_is_told_in_one_line(tmp_path, name):
    folder = save_model(toy_network(), tmp_path / "network", graphs=True)
    (folder / name).unlink()
    with pytest.raises(ReadError, match=name):
        load_engine(folder)
    (folder / name).write_bytes(b"half a graph")
    with pytest.raises(ReadError) as told:
        GraphEngine(folder, toy_network().vocabulary, length=64, around=False)
    assert "\n" not in str(told.value) and name in str(told.value)


def test_texts_are_padded_to_the_longest():
    ids, shown, words = numbered(toy_network().vocabulary, ["资金", "完工率"], length=8, around=True)
    assert ids.shape == shown.shape == (2, 5)
    assert shown.tolist() == [[True] * 4 + [False], [True] * 5]
    assert (words > 0).tolist() == [[False, True, True, False, False], [False, True, True, True, False]]
    assert ids[0, 0] == ids[1, 0] and ids[0, 4] == toy_network().vocabulary.special[0]
