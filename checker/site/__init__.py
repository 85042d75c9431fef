"""The pages for all staff: from an agreement (and the results of a check) to Markdown, and from there to a site."""
