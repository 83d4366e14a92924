"""`luwte audit`: looks for leaks as a stranger would, and proves that it would find them.

It makes a house of its own and never touches the one that serves; only `audit live` and
`audit keys` look at that one, and they only read.
"""
