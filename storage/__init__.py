"""Where sessions lie, sealed. Nothing behind this package knows whose they are."""
