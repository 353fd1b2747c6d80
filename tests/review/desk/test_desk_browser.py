"""A record from the queue to its acceptance in a real browser, by keys alone and by mouse alone, and how many keys that takes."""

import re

import pytest

from hedui.review.state import value_at


class Keys:
    """A keyboard that counts what is pressed; what is typed into a field is not counted."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def __call__(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1
        return self

    def type(self, text):
        self.page.keyboard.type(text)

    def taken(self):
        count, self.count = self.count, 0
        return count


@pytest.fixture
def settled(ways):
    """`settled(desk, act, …)`: waits until the trail ends with these acts."""
    def wait(desk, *acts):
        ways.until(lambda: tuple(desk.acts[-len(acts):]) == acts)
    return wait


def side(page):
    return page.locator("#side").get_attribute("data-target")


def test_the_life_of_a_record_by_keys_alone(desk, settled):
    page = desk.page(path="/queue?type=fund")
    keys = Keys(page)
    keys("Enter")
    page.wait_for_selector("#side .fields")
    first = side(page)
    keys.taken()
    keys("3")
    keys.type("改过的范围")
    keys("Enter")
    settled(desk, "edit")
    assert keys.taken() <= 4, "correcting a field"
    page.wait_for_selector("tr.changed")
    assert value_at(desk.opened.state.items[first], "fields.scope") == "改过的范围"
    keys("u")
    settled(desk, "undo")
    page.wait_for_selector("tr.changed", state="detached")
    keys("U")
    settled(desk, "redo")
    page.wait_for_selector("tr.changed")
    keys("n")
    keys.type("看过原件")
    keys("Enter")
    settled(desk, "note")
    keys.taken()
    keys("a")
    page.wait_for_selector(f"#side:not([data-target='{first}'])")
    assert keys.taken() <= 2, "accepting and going on"
    item = desk.opened.state.items[first]
    assert (item.decision, item.note, value_at(item, "fields.scope")) == ("accepted", "看过原件", "改过的范围")
    second = side(page)
    keys("r")
    page.wait_for_selector(f"#side:not([data-target='{second}'])")
    assert desk.opened.state.items[second].decision == "rejected"


def test_the_life_of_a_record_by_mouse_alone(desk, settled):
    page = desk.page(path="/queue?type=fund")
    page.locator("table.tasks a").first.click()
    page.wait_for_selector("#side .fields")
    first = side(page)
    page.locator("#f-scope").click(click_count=3)
    page.keyboard.type("用鼠标改的")
    page.locator("tr[data-field=scope] .save").click()
    settled(desk, "edit")
    page.locator("button[data-key=u]").click()
    settled(desk, "undo")
    page.locator("button[data-key=U]").click()
    settled(desk, "redo")
    page.wait_for_selector("tr.changed")
    box = page.locator("#text span", has_text="云岭县交通运输局").last.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 16 * 8 - 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    page.locator("[data-menu=as-mention]").click()
    page.locator("#as-mention [value=ORG]").click()
    settled(desk, "add")
    added = next(one for one in desk.opened.state.of("mention") if one.added)
    assert added.data["text"] == "云岭县交通运输局" and added.data["label"] == "ORG"
    page.locator("button[data-key=u]").click()
    settled(desk, "undo")
    page.goto(f"{desk.address}?target={first}")
    page.locator("button[data-key=a]").click()
    settled(desk, "accept")
    assert desk.opened.state.items[first].decision == "accepted"
    assert value_at(desk.opened.state.items[first], "fields.scope") == "用鼠标改的"


def chosen(page, start, text):
    """Chooses `text` by keys, from the mark of the caret at the start of `start`."""
    page.keyboard.press("v")
    page.evaluate("""(start) => { const found = [...document.querySelectorAll('#text [data-s]')].find((piece) => piece.textContent.includes(start));
        getSelection().collapse(found.firstChild, found.textContent.indexOf(start)); }""", start)
    for _ in text:
        page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector(f"#chosen:text-is('{text}')")


def test_a_mention_is_added_moved_and_relabelled_by_keys(desk, settled):
    page, text = desk.page(path=desk.at("record", type="fund")), desk.findings.document.text
    shown = page.locator("#text").inner_text()
    chosen(page, "云岭县交通运输局", "云岭县交通")
    page.keyboard.press("m")
    page.keyboard.press("o")
    settled(desk, "add")
    page.wait_for_selector("#side[data-span]")
    added = next(one for one in desk.opened.state.of("mention") if one.added).id
    for key in "]]]]}{[":
        page.keyboard.press(key)
    page.keyboard.press("s")
    settled(desk, "span")
    item = desk.opened.state.items[added]
    assert item.data["text"] == "云岭县交通运输局" == text[slice(*item.data["span"])]
    page.wait_for_selector("#adding", state="hidden")
    page.keyboard.press("t")
    page.keyboard.press("g")
    settled(desk, "label")
    assert desk.opened.state.items[added].data["label"] == "REGION"
    assert page.locator("#text").inner_text() == shown, "the text is what it was"


def test_no_key_and_no_input_method_changes_the_text(desk):
    page = desk.page(path=desk.at("record", type="fund"))
    shown = page.locator("#text").inner_text()
    page.keyboard.press("v")
    for key in ("Shift+ArrowRight", "Shift+ArrowRight", "Delete", "Backspace", "x", "Enter", "Control+x", "Control+v", "Shift+ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.insert_text("输入")
    assert page.evaluate("getSelection().toString().length") > 0
    page.keyboard.press("Escape")
    assert page.locator("#caret").count() == 0
    assert page.evaluate("getSelection().toString().length") > 0, "what is chosen stays chosen"
    assert page.locator("#text").inner_text() == shown and desk.acts == []


def test_a_claim_a_record_and_what_ties_them_by_keys(desk, settled):
    page = desk.page(path=desk.at("record", type="fund"))
    chosen(page, "结余", "结余74.45万元")
    page.keyboard.press("c")
    page.keyboard.press("f")
    page.wait_for_selector(".new-claim input:focus")
    assert page.locator("[name='field.yuan']").input_value() == "744500"
    assert page.locator("[name='field.measure']").input_value() == "carried_out"
    page.keyboard.press("Enter")
    settled(desk, "add")
    claim = next(one for one in desk.opened.state.of("claim") if one.added)
    amount = desk.item("mention", text="74.45万元")
    assert value_at(claim, "fields.yuan") == "744500" and claim.data["mentions"] == [amount.id]

    def offered(key):
        page.wait_for_selector(f"#side[data-target='{claim.id}']")
        page.keyboard.press(key)
        page.wait_for_selector("#offer [data-hint]")

    def number_of(button):
        return page.locator(button).get_attribute("data-hint")

    offered("l")
    assert page.locator("#offer [aria-pressed=true]").count() == 1
    page.keyboard.type(number_of("#offer [aria-pressed=true]"))
    settled(desk, "unlink")
    assert value_at(desk.opened.state.items[claim.id], "mentions") == []
    offered("l")
    page.keyboard.type(number_of(f"#offer form:has([value='{amount.id}']) button"))
    settled(desk, "link")
    assert value_at(desk.opened.state.items[claim.id], "mentions") == [amount.id]
    offered("b")
    page.keyboard.press("Enter")
    settled(desk, "add")
    record = next(one for one in desk.opened.state.of("record") if one.added)
    assert record.data["claims"] == [claim.id] and value_at(record, "fields.measure") == "carried_out"
    page.wait_for_selector(f"#side[data-target='{record.id}']")
    page.keyboard.press("l")
    page.wait_for_selector("#offer [data-hint]")
    page.keyboard.type(number_of("#offer [aria-pressed=false] >> nth=0"))
    settled(desk, "link")
    assert len(desk.opened.state.items[record.id].data["claims"]) == 2


def test_a_figure_put_right_shows_what_its_checks_come_to(desk, settled):
    page = desk.page(path=desk.at("mention", text="93.80%"))
    for told, said, kind in (("98.30%", "1126.05万元 ÷ 1200.50万元 = 93.7984% ≠ 98.30%", "bad"),
                             ("93.70%", "1126.05万元 ÷ 1200.50万元 = 93.7984% ≠ 93.70%", "bad"), ("93.8%", "≈ 93.8%", "good")):
        page.keyboard.press("1")
        page.keyboard.type(told)
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#said .{kind}:has-text('{said}')")
    page.locator("#said .formula").first.click()
    page.wait_for_selector(".anew:has-text('≈ 93.8%')")


def test_amounts_and_measures_are_said_as_people_say_them(desk, settled):
    fund = desk.item("record", yuan="12005000", type="fund")
    page = desk.page(path=f"{desk.address}?target={fund.id}")
    assert page.locator("tr[data-field=yuan] .said").inner_text() == "1,200.5 万元"
    assert "支出 executed" in page.locator("#f-measure option").all_inner_texts()
    page.keyboard.press("2")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    settled(desk, "edit")
    assert value_at(desk.opened.state.items[fund.id], "fields.measure") == "executed"


def test_what_is_doubtful_is_passed_over_and_found_again(desk, ways):
    page = desk.page(path="/queue")
    page.keyboard.press("Enter")
    page.wait_for_selector("#side")
    first = side(page)
    page.keyboard.press("z")
    page.wait_for_selector(f"#side:not([data-target='{first}'])")
    page.goto(f"{desk.base}/queue?state=skipped")
    assert page.locator("table.tasks tbody tr").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_selector("#side")
    assert side(page) == first
    page.keyboard.press("z")
    page.wait_for_url(re.compile("/queue"))
    assert desk.acts == [] and page.locator("table.tasks tbody tr").count() == 0


def test_an_admin_hands_tasks_over(desk):
    page = desk.page("丙", path="/queue?type=fund")
    page.locator(".hand-over summary").click()
    page.locator("[name=count]").fill("1")
    page.locator("[name=to]").select_option(label="乙")
    page.get_by_role("button", name="分派").click()
    page.wait_for_selector(".hand-over .good:has-text('1')")
    own = desk.page("乙", path="/queue")
    own.keyboard.press("i")
    own.wait_for_url(re.compile("assigned="))
    assert own.locator("table.tasks tbody tr").count() == 1
    assert own.locator(".hand-over").count() == 0, "annotators do not hand over"
