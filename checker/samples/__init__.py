"""What `sla demo` shows: the project's own agreement and a made-up company's exports, the same on every machine.

`story` says month by month what happens; `funnel` tells it in two CSV files; `folder` finds the agreement's text.
"""
