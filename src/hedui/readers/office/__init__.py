"""Word as offices still keep it (.doc, .wps, .rtf, .odt, Word XML) -> Document, by way of LibreOffice."""

from hedui.readers.office.convert import Source, as_docx, as_xlsx, convert_many
from hedui.readers.office.read import read_odf, read_rtf, read_word97, read_wordxml

__all__ = ["Source", "as_docx", "as_xlsx", "convert_many", "read_odf", "read_rtf", "read_word97", "read_wordxml"]
