"""Where changes come from: the index, a range of commits, a push, a tree of files, an editor's buffer, the whole history."""
