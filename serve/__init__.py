"""One ASGI application for the office: the pages, and what else stands under the same address."""
