"""Archives and letters: bytes -> members, and one Document of all that can be read in them."""

from hedui.readers.archive.held import Held
from hedui.readers.archive.joined import joined
from hedui.readers.archive.names import spelled
from hedui.readers.archive.order import home, is_attachment, reading_order
from hedui.readers.archive.read import read_archive, read_together
from hedui.readers.archive.walk import is_archive, members

__all__ = [
    "Held", "home", "is_archive", "is_attachment", "joined", "members", "read_archive", "read_together", "reading_order", "spelled",
]
