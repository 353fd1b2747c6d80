"""The learned reading: a small character encoder, a tagger and a linker, how they are trained, and how they join the rules."""
