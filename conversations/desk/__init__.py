"""The coach's side: what stands on a desk, and what can be done there. All of it in private windows."""
