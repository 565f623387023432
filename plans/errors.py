"""The one base error of the package: its message names the value and the way out."""


class PlanError(Exception):
    """Something about a plan, its text or its records is not as it must be."""
