"""Figures of the reports: what is told beside the promises."""
