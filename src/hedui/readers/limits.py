"""How much a reader takes in before it refuses, each limit with its reason."""

from __future__ import annotations

__all__ = ["ARCHIVE_FROM_BYTES", "MAX_ARCHIVE_BYTES", "MAX_ARCHIVE_DEPTH", "MAX_ARCHIVE_RATIO", "MAX_AREA",
           "MAX_CELLS", "MAX_ENTRIES", "MAX_FILE_BYTES", "MAX_MEMBERS", "MAX_MEMORY_BYTES", "MAX_NESTING",
           "MAX_OFFICE_SECONDS", "MAX_PACKAGE_BYTES", "MAX_PAGES", "MAX_PAGE_GLYPHS", "MAX_PAGE_OBJECTS",
           "MAX_PAGE_PIXELS", "MAX_PART_BYTES", "MAX_PICTURE_PIXELS", "MAX_RATIO", "MAX_SECONDS",
           "MAX_STILL_SECONDS", "MAX_STROKES", "MAX_TEXT_BYTES", "RATIO_FROM_BYTES"]

# The longest report with all its annexes is under 1 MB of text; 20 MB (some 6 million characters, 10,000 pages) is a dump.
MAX_TEXT_BYTES = 20_000_000
# A docx may hold hundreds of scanned pages; the pictures are never unpacked, only the file itself is held in memory.
MAX_FILE_BYTES = 300_000_000
# A table of 10,000 rows and 10 columns written by Word is about 70 MB of XML.
MAX_PART_BYTES = 128_000_000
MAX_PACKAGE_BYTES = 256_000_000
MAX_ENTRIES = 20_000
# Deflate cannot pass 1032; even 10,000 equal rows stay under 300. Small parts may be as dense as they like.
MAX_RATIO = 600
RATIO_FROM_BYTES = 16_000_000
# Tables in tables and boxes in boxes: people go three deep, only an attack goes deeper than this.
MAX_NESTING = 12
# A bad page takes an old machine half a minute to recognise; who has not come a page further in three stands still.
MAX_STILL_SECONDS = 180
# 3,000 scanned pages at 4 seconds each, with room to spare.
MAX_SECONDS = 4 * 3600
# The models of recognition and of words hold 1 GB; a report adds tens of MB.
MAX_MEMORY_BYTES = 4_000_000_000
# The densest form has some 200 ruled lines on a page, each whole; a page of thousands is a map or a drawing.
MAX_STROKES = 3000
# LibreOffice needs 2 seconds for a report and 77 for 3.5 million characters; it is ended before its reader is.
MAX_OFFICE_SECONDS = 120
# An archive of a county holds some thousand files; in an archive in an archive in an archive is as deep as offices pack.
MAX_MEMBERS = 10_000
MAX_ARCHIVE_DEPTH = 3
# Reports pack 3 to 20 times smaller, sheets of equal rows up to 90. Up to RATIO_FROM_BYTES a member may be as dense as it likes.
MAX_ARCHIVE_RATIO = 100
# All that an archive unpacks to, whatever its ratio, and what a small one may unpack to; members are held one at a time.
MAX_ARCHIVE_BYTES = 1_000_000_000
ARCHIVE_FROM_BYTES = 64_000_000
# The longest final accounts with all annexes have some 600 pages; an archive of a whole year is to be split.
MAX_PAGES = 3000
# A page of small print has 6,000 characters; a drawing of a whole county 50,000.
MAX_PAGE_GLYPHS = 100_000
# A page with a table of 2,000 cells, each border and each word an object of its own, has 15,000.
MAX_PAGE_OBJECTS = 100_000
# What a page is rendered with: A3 at 300 pixels an inch has 17 million.
MAX_PAGE_PIXELS = 30_000_000
# What one picture in a file may have before it is unpacked: A2 at 600 pixels an inch has 140 million.
MAX_PICTURE_PIXELS = 200_000_000
# 10,000 rows of 30 columns, all filled; a workbook with more is a register, not a report.
MAX_CELLS = 300_000
# Places of a table, empty ones included, and of merged cells: three empty ones to every filled one is a sparse form.
MAX_AREA = 1_200_000
