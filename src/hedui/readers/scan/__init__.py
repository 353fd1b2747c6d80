"""Pictures of pages -> pages of recognised characters and ruled lines, and documents of them."""

from hedui.readers.scan.read import read_image
from hedui.readers.scan.recognise import recognised_page

__all__ = ["read_image", "recognised_page"]
