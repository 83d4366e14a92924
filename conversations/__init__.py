"""The conversation itself: authored scripts, where someone is in one, and what follows a reply."""
