"""What an office keeps: its own plans, what a reader proposes of them, and every decision about it."""

from store.errors import ConflictError, StoreError

__all__ = ["ConflictError", "StoreError"]
