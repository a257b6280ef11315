"""A review as a full-screen application."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import App

from countermark.review.session import Session

from .screens.review_hunks import HunkScreen


class ReviewApp(App[None]):
    """Goes through the hunks of one session, which is ready before the screen is."""

    TITLE = "Countermark review"
    CSS_PATH: ClassVar[Any] = ["styles/app.tcss", "styles/dialogs.tcss", "styles/review.tcss"]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def on_mount(self) -> None:
        """Show the one screen there is."""
        self.push_screen(HunkScreen(self.session))

    def _fatal_error(self) -> None:
        """As textual's, without its traceback: that shows local variables, and so what is in a stranger's files."""
        self._close_messages_no_wait()


def hold(session: Session) -> None:
    """Hold a review on the screen. An unexpected error of the application is raised here, for the caller's border to tell."""
    app = ReviewApp(session)
    app.run()
    if app._exception is not None:  # noqa: SLF001 - textual would print it, with local variables
        raise app._exception  # noqa: SLF001 - as above
