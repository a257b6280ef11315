"""The screens of a session, in their order: change, questions, review."""
