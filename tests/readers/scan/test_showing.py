"""Pages of scans for people to look at: what was read on them lies where its box says, however the sheet lay on the glass."""

import io
from datetime import timedelta

import numpy as np
import pytest
from PIL import Image
from starlette.testclient import TestClient

from hedui.export import to_json
from hedui.extract import extract
from hedui.picturing import Pictures
from hedui.readers import read
from hedui.readers.scan.showing import drawn_frame, frames_held
from hedui.readers.scan.upright import rotated, turned
from hedui.review.app import application
from hedui.review.security import COOKIE, digest_of
from hedui.review.web import Desk
from hedui.store import Store
from hedui.store.people import add_person, open_session

LINES = ["2022年预算安排1200.50万元", "实际支出1126.05万元，预算执行率93.80%"]


@pytest.fixture
def scanned(written, tmp_path):
    """A TIFF of two sheets, the second laid on its side and a little askew; read, and kept in a store."""
    sheet = written([(120, 200 + 90 * n, line) for n, line in enumerate(LINES)], size=34, sheet=(1000, 1400))
    pages = [Image.fromarray(sheet), Image.fromarray(turned(rotated(sheet, -2.0), 1))]
    path = tmp_path / "云岭县.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(150, 150), compression="tiff_lzw")
    return path, extract(read(path))


def ink_in(jpeg, box, size):
    """The share of dark pixels between the corners of a box, in points."""
    picture = np.asarray(Image.open(io.BytesIO(jpeg)).convert("L"))
    across, down = picture.shape[1] / size[0], picture.shape[0] / size[1]
    x0, y0, x1, y1 = box
    return float((picture[int(y0 * down):int(y1 * down) + 1, int(x0 * across):int(x1 * across) + 1] < 128).mean())


def test_what_was_read_lies_where_its_box_says(scanned):
    path, found = scanned
    data, mentions = path.read_bytes(), [one for report in found.reports for one in report.mentions if one.box]
    assert frames_held(data) == 2 and {one.page for one in mentions} == {1, 2} and drawn_frame(data, 3) is None
    pictures = Pictures([path.parent])
    try:
        name, sha = (path.name,), found.document.sha256
        assert pictures.at_hand(name, sha) and not pictures.at_hand(name, "0" * 64)
        sizes = pictures.sizes(name, sha, [1, 2, 9])
        assert set(sizes) == {1, 2} and all(height > width for width, height in sizes.values())
        for one in mentions:
            page = pictures.picture(name, sha, one.page)
            x0, y0, x1, y1 = one.box.x0, one.box.y0, one.box.x1, one.box.y1
            within = ink_in(page.jpeg, (x0, y0, x1, y1), sizes[one.page])
            beside = ink_in(page.jpeg, (x0, y1 + (y1 - y0) * 0.4, x1, y1 + (y1 - y0) * 0.9), sizes[one.page])
            assert within > 0.08 > 0.02 > beside, (one.text, within, beside)
        with Store(path.parent / "hedui.sqlite") as store:
            shown_at_the_desk(store, pictures, found)
    finally:
        pictures.close()


def shown_at_the_desk(store, pictures, found):
    store.keep(to_json(found), version="v")
    person = add_person(store, name="甲", role="annotator", secret="x")
    open_session(store, digest_of("told"), person.id, csrf="c", lasts=timedelta(hours=1))
    client = TestClient(application(Desk(store=store, pictures=pictures)), base_url="http://127.0.0.1")
    client.cookies.set(COOKIE, "told")
    sha = found.document.sha256
    report = next(one for one in found.reports if any(mention.box for mention in one.mentions))
    assert 'id="turn"' in client.get(f"/desk/{sha}/{report.id}").text
    pages = client.get(f"/desk/{sha}/{report.id}/pages").text
    assert all(f'<rect data-m="{one.id}"' in pages for one in report.mentions if one.box)
    picture = client.get(f"/page/{sha}/2.jpg")
    assert picture.headers["content-type"] == "image/jpeg" and picture.content.startswith(b"\xff\xd8")
    assert client.get(f"/page/{sha}/3.jpg").status_code == 404


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_has_no_pages(data):
    assert frames_held(data) == 0 and drawn_frame(data, 1) is None
