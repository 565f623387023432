"""Migrations of the workspace, one file a step."""
