"""Pairs of lines that say the same: vectors, blocks, anchors, and the rules that read them."""
