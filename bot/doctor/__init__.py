"""`luwte doctor`: whether this installation can work, and what to do where it cannot."""
