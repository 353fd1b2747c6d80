"""Layout -> mentions: value rules and lexicons, merged by precedence; the same as a spaCy pipeline for those who work with one."""

from hedui.mentions.candidates import Candidate
from hedui.mentions.find import Tagger, build_pipeline, find_mentions, mentions_of_text

__all__ = ["Candidate", "Tagger", "build_pipeline", "find_mentions", "mentions_of_text"]
