"""Values and number formats -> what the spreadsheet shows. Expected by Excel; LibreOffice was asked too."""

from decimal import Decimal

import pytest

from hedui.readers.sheets.format_codes import BUILT_IN, sections_of
from hedui.readers.sheets.number_formats import shown, shown_text

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
CASES = [
    # General: 11 characters, no noise of binary fractions, no digit of a whole number lost
    ("1188.32", "General", "1188.32"), ("0.30000000000000004", "General", "0.3"), ("-2.50", "", "-2.5"),
    ("0.333333333333333", "General", "0.333333333"), ("33.3333333333333", "General", "33.33333333"),
    ("123456789012", "General", "123456789012"), ("0.0000123456789", "General", "1.23457E-05"), ("1E+25", "General", "1E+25"),
    ("12", 'G/通用格式"万"', "12万"), ("20", "@", "20"),
    # digits
    ("0.4407", "0.00%", "44.07%"), ("0.4407", "0%", "44%"), ("1234567.8", "#,##0.00", "1,234,567.80"),
    ("1.005", "0.00", "1.01"), ("0.285", "0.00", "0.29"), ("12", "000", "012"), ("0", "#,###", ""), ("5", "0.#", "5."),
    ("12.5", ".00", "12.50"), ("0.5", ".00", ".50"), ("-12.3", "0.0", "-12.3"), ("13812345678", "000-0000-0000", "138-1234-5678"),
    ("12345.678", "0.00E+00", "1.23E+04"), ("12345678", "##0.0E+0", "12.3E+6"),
    ("0.25", "# ?/?", "1/4"), ("3.25", "# ?/?", "3 1/4"), ("3.25", "# ?/8", "3 2/8"), ("2", "# ?/?", "2"),
    # thousands left out, literal text
    ("1234567", "#,##0,", "1,235"), ("12345678", '0.00,,"百万"', "12.35百万"), ("123456", '0!.0,"万元"', "12.3万元"),
    ("123456", r'0\.0,"万元"', "12.3万元"), ("98.5", '0.00"分"', "98.50分"), ("5", '"约"0"人"', "约5人"),
    ("5.5", "[$¥-804]#,##0.00", "¥5.50"), ("5.5", "[$-804]0.0", "5.5"),
    # sections, colours, conditions, padding and fill
    ("1234.5", ACCOUNTING, "1,234.50"), ("-5.5", ACCOUNTING, "-5.50"), ("0", ACCOUNTING, "-"),
    ("-3", "0.00_);(0.00)", "(3.00)"), ("-3", "0;[Red]负0", "负3"), ("0", "0;-0;;@", ""), ("5", ";;;", ""),
    ("50", "[>=100]0.0;[>=10]0.00;0.000", "50.00"), ("0.5", '[>=1]"高"0.0;[<1]"低"0.0', "低0.5"), ("0", '0;-0;"无"', "无"),
    ("7", "[颜色3]0.0", "7.0"), ("7", "[Blue]0;[Red]-0", "7"),
    # dates and times
    ("44896", "yyyy/m/d", "2022/12/1"), ("44896", 'yyyy"年"m"月"d"日"', "2022年12月1日"), ("44896", "yyyy-mm-dd", "2022-12-01"),
    ("44896.75", "yyyy/m/d h:mm", "2022/12/1 18:00"), ("0.75", "h:mm AM/PM", "6:00 PM"), ("0.75", '上午/下午h"时"mm"分"', "下午6时00分"),
    ("1.5", "[h]:mm:ss", "36:00:00"), ("0.5", "mm:ss.0", "00:00.0"), ("44896", "aaaa", "星期四"), ("44896", "dd-mmm-yy", "01-Dec-22"),
    ("-1", "yyyy/m/d", "-1"), ("44896.9999999", "yyyy/m/d h:mm", "2022/12/2 0:00"), ("1", "yyyy/m/d", "1900/1/1"),
    ("0", "yyyy/m/d", "1900/1/0"), ("59", "yyyy/m/d", "1900/2/28"), ("61", "yyyy/m/d", "1900/3/1"),
    # Chinese numerals
    ("123", "[DBNum1][$-804]General", "一百二十三"), ("105", "[DBNum2][$-804]General", "壹佰零伍"), ("2022", "[DBNum1]0", "二〇二二"),
    ("44896", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二二年十二月一日"), ("120005", "[DBNum2]General", "壹拾贰万零伍"),
]


@pytest.mark.parametrize(("value", "code", "expected"), CASES)
def test_a_number_is_shown(value: str, code: str, expected: str) -> None:
    assert shown(Decimal(value), code) == expected


@pytest.mark.parametrize(("number", "value", "expected"), [
    (2, "1.5", "1.50"), (9, "0.5", "50%"), (10, "0.9167", "91.67%"), (14, "44896", "2022/12/1"), (31, "44896", "2022年12月1日"),
    (57, "44896", "2022年12月"), (43, "1250.5", "1,250.50"), (49, "12", "12")])
def test_a_format_known_by_its_number(number: int, value: str, expected: str) -> None:
    assert shown(Decimal(value), BUILT_IN[number]) == expected


def test_the_other_calendar() -> None:
    assert shown(Decimal(0), "yyyy/m/d", date1904=True) == "1904/1/1"


@pytest.mark.parametrize(("text", "code", "expected"), [
    ("水利", "0.00", "水利"), ("水利", '@"局"', "水利局"), ("水利", ACCOUNTING, "水利"), ("水利", ";;;", ""), ("水利", "General", "水利")])
def test_a_text_is_shown(text: str, code: str, expected: str) -> None:
    assert shown_text(text, code) == expected


@pytest.mark.parametrize("code", ['"' * 500, "[" * 900, "0" * 5000, "#,##0." * 900, "?/" * 400, "y" * 999, ";" * 999, "\\", "[>"])
@pytest.mark.parametrize("value", ["0", "-1234567.891", "44896.5", "1E+300", "1E-300"])
def test_no_format_breaks(value: str, code: str) -> None:
    assert isinstance(shown(Decimal(value), code), str)
    assert len(sections_of(code)) <= 4
