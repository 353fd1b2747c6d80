"""Layout -> mentions: a spaCy pipeline of value rules and lexicons, merged by precedence. spaCy loads on first use."""

from hedui.mentions.candidates import Candidate
from hedui.mentions.find import Tagger, build_pipeline, find_mentions, mentions_of_text

__all__ = ["Candidate", "Tagger", "build_pipeline", "find_mentions", "mentions_of_text"]
