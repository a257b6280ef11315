"""A snapshot made of texts."""

from __future__ import annotations

from attrs import frozen


@frozen
class Memory:
    """Files by their paths."""

    files: dict[str, str | bytes]

    def read(self, path: str) -> bytes | None:
        content = self.files.get(path)
        return content.encode() if isinstance(content, str) else content

    def names(self, folder: str) -> tuple[str, ...]:
        return tuple(path.removeprefix(folder) for path in self.files if path.startswith(folder))


def own(text: str) -> Memory:
    """A repository with this countermark.toml."""
    return Memory({"countermark.toml": text})
