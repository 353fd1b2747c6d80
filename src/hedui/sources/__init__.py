"""Inputs wherever they lie (folders, S3, SFTP, web listings) in, the files they hold and local copies of these out."""

from hedui.sources.address import is_remote, key_of, shown
from hedui.sources.changes import Changes, changes
from hedui.sources.copies import Hashed, hashed, local_copy
from hedui.sources.filesystems import opened, sink
from hedui.sources.find import check, find
from hedui.sources.found import Found, Known

__all__ = ["Changes", "Found", "Hashed", "Known", "changes", "check", "find", "hashed", "is_remote", "key_of", "local_copy", "opened",
           "shown", "sink"]
