"""A Document -> the files that offices send: Word, HTML, PDF, scans. Needs python-docx, and programs as render_pdf says."""

from hedui.synth.render_docx import WordLook, docx_of
from hedui.synth.render_html import html_of
from hedui.synth.render_pdf import browser, office, pdf_of, pdf_of_html, pdf_of_many
from hedui.synth.render_scan import (
    BAD_150,
    CLEAN_200,
    CLEAN_300,
    ScanLook,
    pdf_of_pictures,
    scanned,
    scans_of,
    tiff_of_pictures,
)
from hedui.synth.settle import settled

__all__ = [
    "BAD_150", "CLEAN_200", "CLEAN_300", "ScanLook", "WordLook", "browser", "docx_of", "html_of", "office", "pdf_of",
    "pdf_of_html", "pdf_of_many", "pdf_of_pictures", "scanned", "scans_of", "settled",
    "tiff_of_pictures",
]
