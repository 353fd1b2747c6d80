"""Letters: the text, the attachments and their names in every spelling that mail programs use."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from hedui.errors import ReadError
from hedui.readers import kind_of, read_bytes
from hedui.readers.archive import members

REPORT = "青岚县农村供水工程补助资金绩效自评报告\n一、资金\n全年预算数1000万元。\n".encode()
HEAD = b"From: a@example.cn\r\nTo: b@example.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def walked(data: bytes) -> dict[str, bytes]:
    assert kind_of(data) == "mail"
    return {one.name.removeprefix("信.eml!/"): one.data for one in members(data, "信.eml") if not one.cause}


def letter(**attached: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "甲 <a@example.cn>", "b@example.cn", "报送绩效自评材料"
    message.set_content("请查收附件。")
    for name, content in attached.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def test_text_and_attachments():
    data = letter(**{"绩效自评报告.txt": REPORT, "附件1.txt": b"one"}).as_bytes()
    assert walked(data) == {"邮件正文.txt": "请查收附件。\n".encode(), "绩效自评报告.txt": REPORT, "附件1.txt": b"one"}
    document = read_bytes(data, "信.eml")
    assert [member.name for member in document.members] == [f"信.eml!/{n}.txt" for n in ("绩效自评报告", "附件1", "邮件正文")]
    assert document.media_type == "message/rfc822"


NAME = "绩效自评报告.txt"
SPELLINGS = [
    "filename*=utf-8''%E7%BB%A9%E6%95%88%E8%87%AA%E8%AF%84%E6%8A%A5%E5%91%8A.txt",
    "filename*0*=utf-8''%E7%BB%A9%E6%95%88%E8%87%AA;\r\n filename*1*=%E8%AF%84%E6%8A%A5%E5%91%8A.txt",
    f'filename="=?utf-8?B?{base64.b64encode(NAME.encode()).decode()}?="',
    f'filename="=?gb2312?B?{base64.b64encode(NAME.encode("gbk")).decode()}?="',
    'filename="=?UTF-8?Q?=E7=BB=A9=E6=95=88=E8=87=AA?=\r\n =?UTF-8?Q?=E8=AF=84=E6=8A=A5=E5=91=8A.txt?="',
]


@pytest.mark.parametrize("spelling", [*(text.encode() for text in SPELLINGS), b'filename="' + NAME.encode("gbk") + b'"',
                                      b'filename="' + NAME.encode() + b'"'])
def test_names_of_attachments(spelling):
    data = HEAD + b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; " + spelling + b"\r\n\r\n" + REPORT
    assert list(walked(data)) == [NAME]


def test_names_lead_nowhere():
    assert list(walked(letter(**{"../../etc/a.txt": b"1"}).as_bytes()))[1:] == ["_.._etc_a.txt"]


def test_of_two_versions_of_the_text_the_plain_one_and_no_pictures_of_the_signature():
    both = MIMEMultipart("alternative")
    both.attach(MIMEText("正文", "plain", "big5"))
    both.attach(MIMEText("<p>正文</p>", "html", "utf-8"))
    related = MIMEMultipart("related")
    related.attach(both)
    logo = MIMEImage(b"\x89PNG", "png", name="image001.png")
    logo["Content-ID"] = "<logo>"
    related.attach(logo)
    whole = MIMEMultipart()
    whole["From"], whole["To"], whole["Date"] = "a@example.cn", "b@example.cn", "Sat, 1 Jan 2022 00:00:00 +0800"
    whole.attach(related)
    whole.attach(MIMEApplication(REPORT, name="a.txt"))
    assert walked(whole.as_bytes()) == {"邮件正文.txt": "正文".encode(), "a.txt": REPORT}


def test_a_letter_in_a_letter():
    outer = letter()
    outer.add_attachment(letter(**{"绩效自评报告.txt": REPORT}))
    found = walked(outer.as_bytes())
    assert found["转发的邮件.eml!/绩效自评报告.txt"] == REPORT


def test_letters_that_are_none():
    saved = (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://x\r\nSubject: x\r\nDate: x\r\nMIME-Version: 1.0\r\n"
             b"Content-Type: multipart/related; boundary=x\r\n\r\n")
    assert kind_of(saved) != "mail"
    assert kind_of("项目名称: 供水\nTo: 省财政厅\n".encode()) == "text"


@pytest.mark.parametrize("data", [
    HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b'--x\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n' * 50_000,
    HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: application/zip\r\n\r\n',
    HEAD + b"Content-Type: text/plain; charset=nowhere\r\nContent-Transfer-Encoding: base64\r\n\r\n****",
    HEAD + b"Subject: =?utf-8?B?////?=\r\nContent-Type: message/rfc822\r\n\r\n",
])
def test_broken_letters_end_in_one_line(data):
    with pytest.raises(ReadError) as told:
        read_bytes(data, "信.eml")
    assert "\n" not in str(told.value)


def test_cut_off_at_each_tenth():
    data = letter(**{"绩效自评报告.txt": REPORT}).as_bytes()
    for tenth in range(10):
        try:
            assert read_bytes(data[:len(data) * tenth // 10], "信.eml").text
        except ReadError as error:
            assert "\n" not in str(error)
