"""The pages, one file each: what stands on it is found out here, how it looks is its template's."""
