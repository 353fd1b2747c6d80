"""Pictures of pages -> pages of recognised characters and ruled lines."""

from hedui.readers.scan.recognise import recognised_page

__all__ = ["recognised_page"]
