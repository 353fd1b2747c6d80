"""How much a reader takes in before it refuses, each limit with its reason."""

from __future__ import annotations

__all__ = ["MAX_ENTRIES", "MAX_FILE_BYTES", "MAX_MEMORY_BYTES", "MAX_NESTING", "MAX_OFFICE_SECONDS", "MAX_PACKAGE_BYTES", "MAX_PART_BYTES",
           "MAX_RATIO", "MAX_SECONDS", "MAX_STILL_SECONDS", "MAX_STROKES", "MAX_TEXT_BYTES", "RATIO_FROM_BYTES"]

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
# LibreOffice needs 2 seconds for a report and 20 for a book of 1,000 pages; ours ends before the reader is given up.
MAX_OFFICE_SECONDS = 120
