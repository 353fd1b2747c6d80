"""Claims near to a claim: by their characters, by the encoder, in bounds of what is read anew."""

import numpy as np
import pytest

from hedui.errors import UsageError
from hedui.research import open_store
from hedui.research.near import find, index
from hedui.research.near.find import nearest
from hedui.research.near.grams import hashed, likeness, rarity, weighed
from hedui.research.near.index import Wordings
from hedui.research.near.meanings import whitened, whitening

NAMES = ("群众满意度", "受益群众满意度", "学生家长满意度", "资金到位率", "中央资金到位率", "资金发放及时率",
         "铺设雨污管网", "更新雨污水管网", "城镇新增就业人数", "新增就业")


def wordings(texts):
    weights, unseen = rarity(texts)
    return Wordings(types=("indicator",) * len(texts), texts=tuple(texts), grams=hashed(texts, weights, unseen), meanings=None, weights=weights,
                    unseen=unseen)


@pytest.mark.parametrize("text, wanted", [
    ("群众满意度", "受益群众满意度"), ("资金到位率", "中央资金到位率"), ("铺设雨污管网", "更新雨污水管网"), ("新增就业", "城镇新增就业人数")])
def test_what_is_worded_alike_is_near(text, wanted):
    (at, score), *_ = nearest(wordings(NAMES), NAMES.index(text), 3)
    assert NAMES[at] == wanted and 0.2 < score < 1


def test_candidates_by_hashing_hold_the_nearest_by_the_grams_themselves(monkeypatch):
    draw = np.random.default_rng(7)
    parts = ["群众", "学生", "资金", "项目", "医疗", "养老", "培训", "道路", "满意度",
             "完成率", "及时率", "覆盖率", "人数", "里程", "新增", "改造", "农村", "城镇"]
    texts = sorted({"".join(draw.choice(parts, size=draw.integers(2, 5), replace=False)) for _ in range(3000)})
    told, right = wordings(texts), 0
    for at in range(0, len(texts), len(texts) // 40):
        asked = weighed(texts[at], told.weights, told.unseen)
        every = sorted(((likeness(asked, weighed(text, told.weights, told.unseen)), -n) for n, text in enumerate(texts) if n != at), reverse=True)[:5]
        right += [-n for _, n in every] == [n for n, _ in nearest(told, at, 5)]
    assert right >= 38


def test_whitening_evens_out_what_crowds():
    draw = np.random.default_rng(3)
    crowd = (draw.normal(size=(500, 256)) * np.geomspace(1, 0.01, 256) + 5).astype(np.float32)
    even = whitened(crowd.astype(np.float16), whitening(crowd)).astype(np.float32)
    off = even @ even.T - np.eye(500)
    assert abs(off.mean()) < 0.02 and np.allclose((even ** 2).sum(axis=1), 1, atol=0.01) and whitening(crowd[:20]) is None


def test_a_claim_has_neighbours_of_its_type_and_other_wording(store):
    row = next(row for row in store.claims.where(type="indicator").arrow(["id", "name"]).to_pylist() if row["name"] == "科研人员满意度")
    found = store.near(row["id"], limit=5)
    assert len(found) == 5 and all(one.type == "indicator" and one.name != row["name"] for one in found)
    assert "满意度" in found[0].name and [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    with pytest.raises(UsageError, match="no such claim"):
        store.near("c-000000000000")


def test_the_encoder_reads_each_wording_once(json_folder, tmp_path, monkeypatch):
    read, means = [], index.means
    monkeypatch.setattr("hedui.research.near.meanings.FEWEST", 50)
    monkeypatch.setattr(index, "means", lambda texts: (read.extend(texts), means(texts))[1])
    first = open_store(json_folder, home=tmp_path).wordings()
    assert sorted(read) == sorted({text[:64] for text in first.texts}) and first.meanings is not None
    again = open_store(json_folder, home=tmp_path).wordings()
    assert len(read) == len(set(first.texts)) and np.array_equal(first.meanings, again.meanings)
    (tmp_path / "near" / "wordings.npz").write_bytes(b"broken")
    assert np.array_equal(open_store(json_folder, home=tmp_path).wordings().meanings, first.meanings)


def test_without_an_encoder_characters_alone_are_compared(json_folder, tmp_path, monkeypatch):
    monkeypatch.setattr(index, "encoder_mark", lambda: "")
    store = open_store(json_folder, home=tmp_path)
    assert store.wordings().meanings is None
    assert find.near(store, store.claims.where(type="indicator").arrow(["id"])["id"][0].as_py(), limit=3)
