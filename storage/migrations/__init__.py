"""Steps from one shape of the database to the next, run at start by `storage.schema`."""

HEAD = "0003"
"""The shape that this version works with."""
