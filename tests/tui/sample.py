"""A change as an assistant would make it, for tests and for the pictures in the documentation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from countermark.change import Change, FileChange, Skipped
from countermark.content import Content
from countermark.threats.infer import infer
from countermark.threats.scope import Scope
from countermark.threats.session import Session
from countermark.threats.store import Store
from countermark_tui.work import Work

BEFORE = """\
from fastapi import APIRouter, Depends

from .auth import current_user

router = APIRouter()


@router.get("/orders/{order_id}")
async def order(order_id: str, user=Depends(current_user)):
    return await orders.find(order_id, owner=user.id)
"""

AFTER = """\
import httpx
from fastapi import APIRouter, Depends

from .auth import current_user

router = APIRouter()


@router.get("/orders/{order_id}")
async def order(order_id: str, user=Depends(current_user)):
    return await orders.find(order_id, owner=user.id)


@router.post("/refunds")
async def refund(order_id: str, amount: int, callback: str):
    order = await orders.find(order_id)
    await payments.refund(order, amount)
    async with httpx.AsyncClient() as client:
        await client.post(callback, json={"order": order_id})
    return {"refunded": amount}
"""

FILES = (
    FileChange("app/refunds.py", Content.of_text(AFTER), Content.of_text(BEFORE)),
    FileChange("README.md", Content.of_text("# Shop\n\nRefunds are possible now.\n"), Content.of_text("# Shop\n")),
)
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def work(root: Path, *files: FileChange | Skipped, compared: bool = True, again: bool = False) -> Work:
    """A session about these files, saved under a root; the clock stands still."""
    store = Store(root, root / ".state")
    found = infer(Change(str(root), files or FILES), compared=compared)
    session = Session(Scope("staged"), found, store.load(), again)
    return Work(
        session, store, decided_by="Ada <ada@example.invalid>", through="terminal", compared=compared, now=lambda: NOON
    )
