"""Rules about what only data can show: each gets what `sla check` observed, and speaks of a line of the agreement.

Their examples share one table of leads; the good agreement is the bad one put right on the same data.
"""
