"""What no schema can see, one subject per file; `conversations/README.md` explains every code."""
