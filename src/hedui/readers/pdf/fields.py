"""What is filled into a form or typed and stamped onto a page -> part of the page, so that it is read like the rest."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

__all__ = ["with_fields"]

SHOWN = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
# a page has a few hundred fields at most; the kinds of the first ones tell
LOOKED_AT = 500


def has_fields(page: pdfium.PdfPage) -> bool:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), LOOKED_AT)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind in SHOWN:
            return True
    return False


def with_fields(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """Page `index` (from 0) of the document with its form fields and stamps drawn into it. Raises PdfiumError where the
    page cannot be read."""
    page = document[index]
    if has_fields(page) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        page = document[index]
    return page
