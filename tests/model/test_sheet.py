"""Tables come in many encodings and are given back as they came, in UTF-8."""

import codecs

import pytest

from autograder.model.errors import UsageError
from autograder.model.sheet import Sheet, inert, read_sheet

TEXT = 'Name,Note\nJosé,"a, b"\n'
ROWS = (("Name", "Note"), ("José", "a, b"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_write_is_read(encoding):
    """UTF-8 with and without its mark, UTF-16, and Windows' Western script."""
    assert read_sheet(TEXT.encode(encoding), "x.csv").rows == ROWS


@pytest.mark.parametrize("text", ["李雷", "学号;姓名\n1;欧阳锋", "李雷abc\n韩梅梅\n镕", "编号，姓名\nAda"])
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-16"])
def test_what_spreadsheets_write_in_china_is_read(text, encoding):
    """Names come out right, not as Western letters that happen to have the same bytes."""
    rows = read_sheet(text.encode(encoding), "x.csv").rows
    assert "\n".join(";".join(row) for row in rows) == text


@pytest.mark.parametrize("text", ["Größe\nMüller", "NOËL;ÅÄÖ\nSørensen", "Zoë Köhler", "‘Ann’", "Œuvre; déjà; Béla"])
def test_western_names_are_not_taken_for_chinese(text):
    """Whether their letters stand alone or two beside each other."""
    rows = read_sheet(text.encode("cp1252"), "x.csv").rows
    assert "\n".join(";".join(row) for row in rows) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_may_be_apart_by_commas_semicolons_or_tabs(delimiter):
    """The heading's row says which."""
    text = f'"a, b"{delimiter}c{delimiter}d\n1{delimiter}"2;\n3"{delimiter}4\n'
    assert read_sheet(text.encode(), "x.csv").rows == (("a, b", "c", "d"), ("1", "2;\n3", "4"))


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"a;b\r\n1;2\r\n", codecs.BOM_UTF8 + 'é,b\n1,"2,"\n'.encode()])
def test_a_table_is_given_back_as_it_came(data):
    """Delimiter, ends of lines and byte order mark stay."""
    assert read_sheet(data, "x.csv").written() == data


def test_a_table_in_another_encoding_is_given_back_in_utf_8():
    """Every platform reads that."""
    assert read_sheet(TEXT.encode("cp1252"), "x.csv").written() == TEXT.encode()


def test_a_line_without_cells_is_no_row():
    """Empty lines are skipped."""
    assert read_sheet(b"a,b\n\n1,2\n\n", "x.csv").rows == (("a", "b"), ("1", "2"))


@pytest.mark.parametrize("data", [b"a\x81\x8d", b"a\0b,c\n", "é".encode("utf-16-be") + b"\0"])
def test_a_file_that_is_no_text(data):
    """The sentence says how to save it."""
    with pytest.raises(UsageError, match=r"x\.csv: its text can't be read, .*; save it as CSV in UTF-8"):
        read_sheet(data, "x.csv")


@pytest.mark.parametrize("data", [b"", b"\n\n", codecs.BOM_UTF8])
def test_an_empty_file(data):
    """The sentence says what belongs there."""
    with pytest.raises(UsageError, match=r"x\.csv: is empty; save it as CSV in UTF-8, with a row of headings"):
        read_sheet(data, "x.csv")


def test_a_cell_that_is_too_large():
    """What no table has is refused in a sentence."""
    with pytest.raises(UsageError, match=r"x\.csv: is no CSV table \(field larger than field limit"):
        read_sheet(b"a\n" + b"x" * 200_000, "x.csv")


@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_is_a_formula(text):
    """A spreadsheet shows it and runs nothing."""
    assert inert(text).startswith("'")


@pytest.mark.parametrize("text", ["Ada", "a=b", "李雷", "1-2"])
def test_other_text_stays(text):
    """The apostrophe is for formulas alone."""
    assert inert(text) == text


def test_a_cell_is_one_line():
    """Line breaks become spaces."""
    assert inert("a\r\nb") == "a b"


def test_rows_that_are_written():
    """Quotes only where they are needed."""
    assert Sheet(rows=ROWS).written().decode() == TEXT
